// Pools, and what rises from them.

vec3 ripples(vec3 p, float height) {
    vec2 e = vec2(.02, 0), q = p.xz * 2.6;
    float a = fbm(q), b = fbm(q + e.xy * 4.), c = fbm(q + e.yx * 4.);
    return normalize(vec3((a - b) * height, .08, (a - c) * height));
}

// The net of light on the bottom of a pool, 0 to about 1.
float caustics(vec2 p) {
    vec2 q = p * 2.2 + .8 * vec2(noise(p * 1.7), noise(p * 1.7 + 9.));
    float net = abs(noise(q) - .5) + abs(noise(q * 1.9 + 4.) - .5) * .6;
    return pow(clamp(1. - 2.4 * net, 0., 1.), 3.);
}

// A lit pool: mosaic seen through ripples, with the net of light over it.
Surface pool(vec3 p, inout vec3 n, vec3 deep, vec3 bright) {
    n = ripples(p, .022);
    vec2 bottom = p.xz + n.xz * .8;
    vec3 mosaic = tiles(bottom, vec2(.30), vec3(1));
    Surface s = glossy(vec3(.01), .03, .0);
    s.glow = mosaic * deep + bright * caustics(bottom) * .8;
    return s;
}

// Density of steam at q from the middle of a basin of radius r.
float plume(vec3 q, float r) {
    float column = smoothstep(r, r * .2, length(q.xz));
    column *= smoothstep(.45, .8, q.y) * smoothstep(2.4, .7, q.y);
    return column * smoothstep(.40, .75, fbm(q * vec3(1.5, .8, 1.5) + fbm(q * 2.) * .8));
}

// Steam over the basin `tub` along the first t metres of a ray, 0 to 1.
float steam(vec3 o, vec3 d, float t, vec3 tub, float r) {
    float sum = 0., start = distance(o, tub) - 1.4;
    for (int i = zero; i < 18; i++) {
        float far = start + 2.8 * float(i) / 18.;
        sum += far < t ? plume(o + d * far - tub, r) : 0.;
    }
    return sum / 18.;
}
