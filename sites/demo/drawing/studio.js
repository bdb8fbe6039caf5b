// Draws one scene with WebGL and answers it as a PNG data URL.
// In bands, so that software rendering never holds the browser for long.

const VERTEX = `#version 300 es
void main() {
    gl_Position = vec4(gl_VertexID % 2 * 4 - 1, gl_VertexID / 2 * 4 - 1, 0, 1);
}`;
const BAND = 40;

function program(gl, fragment) {
    const made = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, fragment]]) {
        const shader = gl.createShader(type);
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) {
            throw new Error(gl.getShaderInfoLog(shader));
        }
        gl.attachShader(made, shader);
    }
    gl.linkProgram(made);
    if (!gl.getProgramParameter(made, gl.LINK_STATUS)) {
        throw new Error(gl.getProgramInfoLog(made));
    }
    return made;
}

function canvasOfLight(gl, width, height) {
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const levels = Math.floor(Math.log2(Math.max(width, height))) + 1;
    gl.texStorage2D(gl.TEXTURE_2D, levels, gl.RGBA16F, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(
        gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    return { texture, frame };
}

function pass(gl, using, { from, to, uniforms = {} }) {
    const { width, height } = gl.canvas;
    gl.useProgram(using);
    gl.bindTexture(gl.TEXTURE_2D, from);
    gl.bindFramebuffer(gl.FRAMEBUFFER, to);
    gl.viewport(0, 0, width, height);
    gl.uniform2f(gl.getUniformLocation(using, "size"), width, height);
    for (const [name, set] of Object.entries(uniforms)) {
        set(gl.getUniformLocation(using, name));
    }
    gl.enable(gl.SCISSOR_TEST);
    for (let y = 0; y < height; y += BAND) {
        gl.scissor(0, y, width, BAND);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
        gl.finish();
    }
}

window.draw = ({ scene, finish, width, height, tint, bloom }) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const gl = canvas.getContext("webgl2", { preserveDrawingBuffer: true });
    gl.getExtension("EXT_color_buffer_float");
    const [first, second] = [0, 1].map(() => canvasOfLight(gl, width, height));
    const tracer = program(gl, scene);
    const stage = (refining) => ({ refining: (at) => gl.uniform1i(at, refining) });
    pass(gl, tracer, { from: null, to: first.frame, uniforms: stage(0) });
    pass(gl, tracer, { from: first.texture, to: second.frame, uniforms: stage(1) });
    gl.bindTexture(gl.TEXTURE_2D, second.texture);
    gl.generateMipmap(gl.TEXTURE_2D);
    pass(gl, program(gl, finish), {
        from: second.texture,
        to: null,
        uniforms: {
            tint: (at) => gl.uniform3f(at, ...tint),
            bloom: (at) => gl.uniform1f(at, bloom),
        },
    });
    const picture = canvas.toDataURL("image/png");
    gl.getExtension("WEBGL_lose_context").loseContext();
    return picture;
};
