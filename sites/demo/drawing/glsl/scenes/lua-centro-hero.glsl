// Downtown after rain: the tower at the end of the street, its name in neon, the moon above.

const vec3 EYE = vec3(.0, 1.5, -11.), AIM = vec3(0, 6.1, 6.);
const float LENS = 1.6, FAR = 90.;
const Light LIGHTS[6] = Light[6](
    Light(vec3(0, 2.4, 7.2), vec3(0, 2.4, 7.2), mix(AMBER, ROSE, .25) * 16., .6),
    Light(vec3(0, 5.6, 6.4), vec3(0, 9.4, 6.4), ROSE * 20., .6),
    Light(vec3(-4.6, 3.4, 1.2), vec3(-4.6, 3.4, 1.2), AMBER * 7., .2),
    Light(vec3(4.6, 3.4, 1.2), vec3(4.6, 3.4, 1.2), AMBER * 7., .2),
    Light(vec3(1., 7.5, -4.), vec3(1., 7.5, -4.), VIOLET * 6., FILL),
    Light(vec3(-10, 18, -8), vec3(-10, 18, -8), INDIGO * 130., FILL));

void tower(vec3 p) {
    float body = box(p - vec3(0, 6.6, 10.2), vec3(3.0, 6.6, 2.6), .05);
    float lobby = max(arch(p.xy, 1.7, 1.5), abs(p.z - 8.) - 1.4);
    add(max(body, -lobby), FEATURE);
    add(box(p - vec3(0, 3.75, 7.3), vec3(2.2, .10, .9), .03), FRAME);
    add(box(p - vec3(0, 7.9, 7.35), vec3(.85, 3.35, .22), .04), FRAME);
    add(neon(arch_line(p.xy, 1.82, 1.5), p.z - 7.5, .035), NEON);
}

void neon_sign(vec3 p) {
    float y = 9.85;
    float stroke = letter_l((p.xy - vec2(-.02, y)) / 1.15);
    stroke = min(stroke, letter_u((p.xy - vec2(0, y - 1.75)) / 1.15));
    stroke = min(stroke, letter_a((p.xy - vec2(0, y - 3.5)) / 1.15)) * 1.15;
    add(neon(stroke, p.z - 7.05, .05), NEON);
    add(neon(abs(crescent(p.xy - vec2(0, 12.15), .62)), p.z - 7.3, .04), NEON);
}

void neighbours(vec3 p) {
    vec3 q = vec3(abs(p.x), p.yz);
    float tall = p.x < 0. ? 12.5 : 9.6;
    add(box(q - vec3(9.4, tall * .5, 3.), vec3(4., tall * .5, 4.4), .04), PLASTER);
    tall = p.x < 0. ? 8. : 14.;
    add(box(q - vec3(9.9, tall * .5, -6.6), vec3(4., tall * .5, 4.6), .04), PLASTER);
    add(box(q - vec3(8.2, 5.5, 14.), vec3(4., p.x < 0. ? 9. : 7., 4.), .04), PLASTER);
    add(box(q - vec3(5.4, .07, 0), vec3(1.6, .08, 14.), .03), STONE);
}

float map(vec3 p) {
    D = 1e3;
    add(p.y, FLOOR);
    tower(p);
    neon_sign(p);
    neighbours(p);
    vec3 q = vec3(abs(p.x) - 4.6, p.y, p.z - 1.2);
    add(rod(q, vec3(0), vec3(0, 3.2, 0), .045), FRAME);
    if (!casting) add(length(q - vec3(0, 3.4, 0)) - .2, BULB);
    plant(vec3(abs(p.x) - 2.45, p.y, p.z - 6.9), 1.1, .7);
    float bend = .012 * p.z * p.z;
    add(length(vec2(p.x + 1.5 - bend * .3, p.y - .55)) - .010, ACCENT);
    add(length(vec2(p.x + 2.3 - bend * .2, p.y - .55)) - .010, ACCENT);
    return D;
}

Surface street(vec3 p, inout vec3 n) {
    float puddle = smoothstep(.40, .60, fbm(p.xz * vec2(.6, .5) + 9.));
    n = normalize(n + vec3(fbm(p.xz * 9.) - .5, 0, fbm(p.xz * 8. + 5.) - .5)
        * mix(.08, .012, puddle));
    Surface s = glossy(vec3(.045, .038, .06) * (.6 + .8 * noise(p.xz * 30.)), mix(.12, .36, puddle),
        mix(.06, .02, puddle));
    float dashes = step(abs(p.x), .07) * step(fract(p.z * .28), .5);
    s.albedo += dashes * vec3(.30, .26, .30);
    s.gloss = mix(.5, 1., puddle);
    return s;
}

vec3 windows(vec2 q, vec2 pitch, float share, vec3 shine) {
    vec2 id = floor(q / pitch), f = abs(fract(q / pitch) - .5);
    float pane = step(f.x, .30) * step(f.y, .33) * step(.022, f.x),
        on = step(1. - share, hash(id + 3.));
    float blind = .35 + .65 * smoothstep(-.3, .4, fract(q.y / pitch.y) - .3 * hash(id + 8.));
    return pane * on * shine * blind * (.3 + .9 * hash(id * 1.7));
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == FLOOR) return street(p, n);
    if (m == ACCENT) return lit(ROSE * 3.2 * smoothstep(7., -6., p.z) + AMBER * .2);
    Surface s = material(m, p, n);
    vec2 q = abs(n.x) > .5 ? p.zy : p.xy;
    vec3 shine = mix(AMBER, vec3(1., .6, .9), hash(floor(q / .95)) * .3) * 1.7;
    if (m == PLASTER) {
        s = matt(vec3(.13, .10, .22));
        if (abs(n.y) < .5) s.glow = windows(q, vec2(.72, 1.05), .27, shine * .8);
    }
    if (m == FEATURE) {
        s = matt(vec3(.25, .17, .34));
        float shaft = smoothstep(1.0, 1.2, abs(p.x)) * step(4.2, p.y) * step(p.y, 12.6);
        if (n.z < -.5) s.glow = windows(p.xy + vec2(.32, 0), vec2(.64, .95), .6, shine) * shaft;
        float stroke = arch_line(p.xy, 1.82, 1.5);
        if (p.z < 7.8) s.glow += s.albedo * ROSE * .25 / (stroke * stroke * 2. + .1);
    }
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.03, .012, .045), vec3(.04, .036, .14), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.40, .08, .36), vec3(.016, .012, .10), smoothstep(.0, .7, q.y));
    c += stars(d, .035) * smoothstep(.2, .7, q.y) + vec3(.12, .05, .2) * clouds(q + 6., 2.) * .5;
    c = moon(c, d, normalize(vec3(-.245, .69, 1.)), .085, vec3(1.0, .82, 1.1));
    vec4 town = towers(q * .8 + vec2(.4, 0), .05, .35, vec3(.30, .08, .36), vec3(.05, .03, .12));
    return mix(c, town.rgb, town.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return mix(c, vec3(.22, .05, .26), 1. - exp(-t * .0035)) + haze(o, d, min(t, 30.)) * .0012;
}
