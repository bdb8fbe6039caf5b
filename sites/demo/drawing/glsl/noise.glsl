float hash(float x) { return fract(sin(x * 127.1) * 43758.5453); }

float hash(vec2 p) {
    vec3 q = fract(vec3(p.xyx) * .1031);
    q += dot(q, q.yzx + 33.33);
    return fract((q.x + q.y) * q.z);
}

float hash(vec3 p) {
    p = fract(p * .1031);
    p += dot(p, p.zyx + 31.32);
    return fract((p.x + p.y) * p.z);
}

float noise(vec2 p) {
    vec2 i = floor(p), f = fract(p);
    f *= f * (3. - 2. * f);
    return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x),
               mix(hash(i + vec2(0, 1)), hash(i + 1.), f.x), f.y);
}

float noise(vec3 p) {
    vec3 i = floor(p), f = fract(p);
    f *= f * (3. - 2. * f);
    vec2 e = vec2(0, 1);
    vec4 near = vec4(hash(i), hash(i + e.yxx), hash(i + e.xyx), hash(i + e.yyx));
    vec4 far = vec4(hash(i + e.xxy), hash(i + e.yxy), hash(i + e.xyy), hash(i + 1.));
    vec4 q = mix(near, far, f.z);
    return mix(mix(q.x, q.y, f.x), mix(q.z, q.w, f.x), f.y);
}

float fbm(vec2 p) {
    float sum = 0., scale = .5;
    for (int i = zero; i < 4; i++, scale *= .5, p = p * 2.03 + 17.) sum += scale * noise(p);
    return sum;
}

float fbm(vec3 p) {
    float sum = 0., scale = .5;
    for (int i = zero; i < 3; i++, scale *= .5, p = p * 2.03 + 17.) sum += scale * noise(p);
    return sum;
}
