// Whirlpool under an open oculus, the sauna glowing behind its glass.

const vec3 EYE = vec3(-.1, 1.9, -4.5), AIM = vec3(.05, 1.42, 1.);
const float LENS = 1.72, FAR = 40.;
const vec3 TUB = vec3(-.35, 0, .9), SUN = vec3(-14., 34., -4.);
const Light LIGHTS[7] = Light[7](
    Light(SUN, SUN, vec3(1., .74, .46) * 4600., .7),
    Light(vec3(-.3, 3.0, .9), vec3(-.3, 3.0, .9), vec3(1., .78, .60) * 3.2, FILL),
    Light(vec3(2.75, 1.0, 2.5), vec3(2.75, 1.0, 2.5), vec3(1., .42, .12) * 4.2, .5),
    Light(vec3(-.35, .45, .9), vec3(-.35, .45, .9), vec3(.10, .8, .75) * 1.7, .4),
    Light(vec3(-1.2, 1.7, 3.0), vec3(.5, 1.7, 3.0), GOLD * 1.5, .3),
    Light(vec3(0, 2.6, -3.4), vec3(0, 2.6, -3.4), GOLD * 2.6, FILL),
    Light(vec3(-1.8, 2.2, -.5), vec3(-1.8, 2.2, -.5), CORAL * 1.2, .6));

float niche(vec3 p) { return max(arch(p.xy - vec2(-.35, .0), 1.25, 1.25), abs(p.z - 3.3) - .5); }

void sauna(vec3 p) {
    vec3 q = p - vec3(2.75, 0, 2.5);
    WITHIN(p, vec3(2.75, 1.4, 2.6), vec3(1.3, 1.5, 1.3)) {
        float i = clamp(floor(p.y / .13), 0., 20.);
        add(box(vec3(q.x, p.y - .065 - i * .13, q.z - .95), vec3(1.2, .058, .04), .01), WOOD);
        add(box(vec3(q.x - 1.0, p.y - .065 - i * .13, q.z), vec3(.04, .058, 1.0), .01), WOOD);
        float j = clamp(floor(q.z / .11), 1., 7.);
        add(box(vec3(q.x, q.y - .48, q.z - .055 - j * .11), vec3(1., .03, .045), .01), WOOD);
        j = clamp(floor(q.z / .11), 4., 7.);
        add(box(vec3(q.x, q.y - .95, q.z - .055 - j * .11), vec3(1., .03, .045), .01), WOOD);
        float edge = box(q.xy - vec2(.08, 1.28), vec2(1.12, 1.28));
        add(max(abs(edge) - .045, abs(q.z + .95) - .05), FRAME);
        add(box(q - vec3(-.25, 1.28, -.95), vec3(.02, 1.25, .03)), FRAME);
        add(rod(q, vec3(-.17, 1.0, -1.02), vec3(-.17, 1.5, -1.02), .015), BRASS);
        add(disc(q - vec3(-.65, .3, -.35), .24, .3, .03), FRAME);
        add(length(q - vec3(-.65, .58, -.35)) - .2 + .05 * noise(q * 14.), FRAME);
    }
}

void shell(vec3 p) {
    add(p.y, FLOOR);
    float above = p.y - 3.1;
    add(max(max(3.3 - p.z, -niche(p)), above), PLASTER);
    add(max(3.6 - p.z, above), TILE);
    add(max(min(p.x + 3.3, 3.95 - p.x), above), PLASTER);
    add(max(abs(p.y - 3.06) - .06, 1.05 - length(p.xz - TUB.xz)), CEILING);
}

void basin(vec3 p) {
    vec3 q = p - TUB;
    add(disc(q - vec3(0, .09, 0), 2.05, .09, .02), STONE);
    float outer = disc(q - vec3(0, .36, 0), 1.55, .26, .05);
    add(max(outer, -disc(q - vec3(0, .8, 0), 1.32, .6, .1)), STONE);
    add(disc(q - vec3(0, .44, 0), 1.4, .08, .005), WATER);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    basin(p);
    sauna(p);
    plant(p - vec3(-2.55, 0, 2.5), 1.7, 1.0);
    plant(p - vec3(1.45, 0, 2.9), 1.0, .55);
    plant(p - vec3(-2.7, 0, .5), .9, .65);
    candle(p - vec3(-1.25, .18, -.75), .2);
    candle(p - vec3(-1.42, .18, -.6), .12);
    towels(p - vec3(.75, .18, -.72));
    champagne(p - vec3(-.55, .18, -.92));
    add(rod(p, vec3(-.35, .6, 2.9), vec3(-.35, 1.0, 2.9), .025), BRASS);
    add(rod(p, vec3(-.35, 1.0, 2.9), vec3(-.35, .95, 2.55), .025), BRASS);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == WATER) {
        vec2 q = p.xz - TUB.xz;
        Surface s = pool(p * 1.6, n, vec3(.01, .34, .36), vec3(.25, .75, .66));
        s.glow += vec3(.7, .95, .9) * .5 * smoothstep(.52, .76, fbm(q * 5. + .6 * length(q)))
            * smoothstep(1.3, .4, length(q));
        return s;
    }
    Surface s = material(m, p, n);
    if (m == PLASTER) s.albedo = vec3(.72, .42, .28) * (.93 + .14 * fbm(p * 5.));
    if (m == TILE)
        s.glow += s.albedo * GOLD * .8 * exp(-3. * abs(arch(p.xy - vec2(-.35, 0), 1.25, 1.25)));
    if (m == FLOOR) s = glossy(tiles(p.xz, vec2(.6), vec3(.58, .44, .32)), .06, .08);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.19, .11, .07), vec3(.19, .15, .14), n.y * .5 + .5);
}
vec3 sky(vec3 d) { return mix(vec3(.36, .62, .66), vec3(.06, .34, .48), smoothstep(.3, .7, d.y)); }

// The column of sun below the oculus, and steam turning in it.
vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    vec3 r = normalize(SUN);
    float sum = 0., wobble = hash(gl_FragCoord.xy);
    for (int i = zero; i < 24; i++) {
        vec3 p = o + d * (2.6 + 4.4 * (float(i) + wobble) / 24.);
        if (distance(o, p) > t) break;
        vec2 hit = (p + r * ((3. - p.y) / r.y)).xz - TUB.xz;
        float beam = smoothstep(1.05, .85, length(hit)) * step(p.y, 3.);
        sum += .55 * beam + plume(p - TUB, 1.3);
    }
    return c + vec3(1., .80, .58) * .65 * sum / 24.;
}
