// A double-height loft: city and moon behind tall panes, a mezzanine, brick and neon.

const vec3 EYE = vec3(.0, 1.6, -4.7), AIM = vec3(0, 2.45, 1.);
const float LENS = 1.75, FAR = 40.;
const Light LIGHTS[7] = Light[7](
    Light(vec3(-1.55, 1.0, 2.5), vec3(-1.55, 1.0, 2.5), AMBER * 1.5, .15),
    Light(vec3(1.55, 1.0, 2.5), vec3(1.55, 1.0, 2.5), AMBER * 1.5, .15),
    Light(vec3(-.9, 3.1, .8), vec3(.9, 2.7, .8), AMBER * 4.2, .4),
    Light(vec3(3.6, 2.5, 1.2), vec3(3.6, 2.5, 1.2), ROSE * 3.2, .7),
    Light(vec3(1., 4.2, 6.), vec3(1., 4.2, 6.), MOONLIGHT * 9., .5),
    Light(vec3(-3.9, 2.35, .8), vec3(-3.0, 2.35, 2.6), AMBER * 1.6, .3),
    Light(vec3(-1., 4., -4.5), vec3(-1., 4., -4.5), VIOLET * 2.6, FILL));

void shell(vec3 p) {
    add(max(p.y, p.z - 4.2), FLOOR);
    add(max(5.6 - p.y, p.z - 4.2), CEILING);
    add(max(4.3 - p.x, p.z - 4.2), TILE);
    add(max(p.x + 4.3, p.z - 4.2), PLASTER);
    float beam = abs(mod(p.z, 1.8) - .9) - .08;
    add(max(box(vec2(beam, p.y - 5.5), vec2(.01, .14)), p.z - 4.1), FRAME);
}

void panes(vec3 p) {
    vec2 q = abs(mod(p.xy - vec2(.0, .35), vec2(1.23, 1.35)) - vec2(.615, .675));
    float bars = max(min(.615 - q.x, .675 - q.y) - .028, abs(p.z - 4.1) - .05);
    add(bars * .9, FRAME);
    add(box(p - vec3(0, .17, 4.1), vec3(4.3, .18, .12)), FRAME);
}

void mezzanine(vec3 p) {
    add(box(p - vec3(-3.55, 2.55, 2.3), vec3(.85, .10, 2.0), .01), WOOD);
    add(rod(p, vec3(-2.72, 3.45, .35), vec3(-2.72, 3.45, 4.2), .022), BRASS);
    float z = p.z - .35 - clamp(floor((p.z - .35) / .16 + .5), 0., 24.) * .16;
    add(box(vec3(p.x + 2.72, p.y - 3.05, z), vec3(.006, .4, .006)), BRASS);
    float i = clamp(floor((p.z + 2.4) / .26 + .5), 0., 10.);
    add(box(p - vec3(-3.75, .12 + i * .235, i * .26 - 2.4), vec3(.5, .022, .15), .005), WOOD);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    panes(p);
    mezzanine(p);
    bed(p - vec3(0, 0, 1.9), 1.15, 1.25);
    headboard(p - vec3(0, .1, 3.3), 1.75, .55, .19);
    vec3 q = vec3(abs(p.x) - 1.55, p.y, p.z - 2.5);
    nightstand(q, .25);
    table_lamp(q - vec3(0, .5, 0), .55);
    pendant(p - vec3(-.95, 3.1, .8), .16, 2.5);
    pendant(p - vec3(.15, 3.65, 1.0), .12, 2.);
    pendant(p - vec3(.95, 2.75, .8), .19, 2.8);
    vec2 sign = vec2(p.z - 1.2, p.y - 2.5);
    add(neon(abs(crescent(sign, .62)), p.x - 4.2, .028), NEON);
    add(disc(p - vec3(0, .015, .5), 1.75, .015, .01), RUG);
    plant(p - vec3(3.35, 0, 2.9), 1.3, .85);
    plant(p - vec3(-2.1, 0, 3.5), .9, .55);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    Surface s = material(m, p, n);
    if (m == TILE) {
        s = matt(tiles(p.zy + vec2(.12 * step(.5, fract(p.y / .16 * .5 + .25)), 0), vec2(.26, .08),
            vec3(.30, .13, .16)));
        float stroke = crescent(vec2(p.z - 1.2, p.y - 2.5), .62);
        s.glow += s.albedo * ROSE * .30 / (stroke * stroke + .09);
    }
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.055, .022, .06), vec3(.055, .045, .17), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.36, .10, .40), vec3(.03, .02, .15), smoothstep(0., .36, q.y));
    c += stars(d, .08) * smoothstep(.1, .4, q.y);
    c = moon(c, d, normalize(vec3(.19, .30, 1.)), .062, vec3(.95, .76, 1.0));
    vec4 town = towers(q + vec2(.08, 0), .03, .26, vec3(.28, .08, .34), vec3(.03, .02, .09));
    return mix(c, town.rgb, town.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) { return c + haze(o, d, min(t, 12.)) * .0022; }
