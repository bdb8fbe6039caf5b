// Surfaces with a grain.

vec3 planks(vec2 q, vec3 light, vec3 dark) {
    q.y += hash(floor(q.x / .16)) * 3.;
    vec2 id = vec2(floor(q.x / .16), floor(q.y / 1.6)),
        f = vec2(fract(q.x / .16), fract(q.y / 1.6));
    float grain = fbm(vec2(q.x * 28., q.y * 1.6) + id * 7.);
    float seam = smoothstep(.0, .035, min(f.x, 1. - f.x))
        * smoothstep(.0, .004, min(f.y, 1. - f.y));
    return mix(dark, light, .35 * hash(id) + .65 * grain) * (.35 + .65 * seam);
}

vec3 timber(vec3 p, vec3 light, vec3 dark) {
    float grain = fbm(vec2(p.y * 1.1, (p.x + p.z) * 16.)) ;
    return mix(dark, light, grain + .3 * (hash(floor((p.x + p.z) * 9.)) - .5));
}

vec3 marble(vec3 p, vec3 base, vec3 vein) {
    float bend = fbm(p * 1.4) * 2.2, v = abs(noise(p * 1.1 + bend) - .5);
    float thin = abs(noise(p * 2.9 + bend * 1.7) - .5);
    return mix(base, vein, .75 * exp(-38. * v) + .35 * exp(-50. * thin));
}

// Two coordinates along a surface, whichever way it faces.
vec2 along(vec3 p, vec3 n) {
    vec3 a = abs(n);
    return a.y > max(a.x, a.z) ? p.xz : a.x > a.z ? p.zy : p.xy;
}

// Tiles of `side` metres: shade varies from tile to tile, joints are darker.
vec3 tiles(vec2 q, vec2 side, vec3 base) {
    vec2 f = fract(q / side), gap = smoothstep(vec2(0), .018 / side, min(f, 1. - f) );
    return base * (.86 + .28 * hash(floor(q / side))) * mix(.55, 1., gap.x * gap.y);
}

// The moon's dark plains, to be taken away from its light.
float seas(vec2 q) { return .38 * smoothstep(.35, .68, fbm(q + 5.)) + .16 * fbm(q * 4.1); }
