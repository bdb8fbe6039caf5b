#version 300 es
precision highp float;

// The darkroom: bloom from the picture's own mipmaps, film curve, vignette, grain.

uniform vec2 size;
uniform vec3 tint;         // of the shadows
uniform float bloom;
uniform sampler2D draft;
out vec4 paint;

vec3 blurred(vec2 uv, float level) {
    vec2 texel = exp2(level) / size;
    vec3 sum = vec3(0);
    for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) {
            float w = (3. - abs(float(x))) * (3. - abs(float(y))) / 81.;
            sum += w * min(textureLod(draft, uv + vec2(x, y) * texel * .7, level).rgb, 12.);
        }
    return sum;
}

vec3 film(vec3 c) {
    return clamp(c * (2.51 * c + .03) / (c * (2.43 * c + .59) + .14), 0., 1.);
}

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * .1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

void main() {
    vec2 uv = gl_FragCoord.xy / size;
    vec3 c = textureLod(draft, uv, 0.).rgb;
    float base = log2(size.y / 1200.);
    for (int i = 2; i < 8; i++) c += bloom * blurred(uv, max(float(i) + base, 0.)) / float(i);
    vec2 v = uv - .5;
    c *= 1. - .9 * dot(v, v) * (1. - .35 * dot(v, v));
    c = pow(film(c * .8), vec3(1. / 2.2));
    float light = dot(c, vec3(.3, .6, .1));
    c = mix(c + tint * (1. - light) * (1. - light), vec3(1), 0.);
    c = mix(vec3(light), c, 1.06);
    float grain = hash(gl_FragCoord.xy) + hash(gl_FragCoord.xy + 91.7) - 1.;
    paint = vec4(c + grain * .011, 1);
}
