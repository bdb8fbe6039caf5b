// A walled garden for two: turquoise water, loungers, a parasol, palms over the wall.

const vec3 EYE = vec3(0, 1.75, -5.6), AIM = vec3(0, 1.75, 2.);
const float LENS = 1.6, FAR = 70.;
const vec3 SUN = vec3(-26., 22., 4.);
const Light LIGHTS[4] = Light[4](
    Light(SUN, SUN, vec3(1., .68, .36) * 3900., .9),
    Light(vec3(0, 2.2, 6.4), vec3(0, 2.2, 6.4), GOLD * 4., .4),
    Light(vec3(0, .5, 1.2), vec3(0, .5, 1.2), vec3(.05, .7, .65) * 4., FILL),
    Light(vec3(6., 8., -10.), vec3(6., 8., -10.), vec3(1., .6, .45) * 26., FILL));

float gates(vec2 p) {
    float i = clamp(floor(p.x / 2.7 + .5), -1., 1.);
    return arch(vec2(p.x - i * 2.7, p.y), .92, 1.5);
}

void shell(vec3 p) {
    float basin = box(p.xz - vec2(0, .6), vec2(1.9, 3.6));
    add(max(p.y, -basin), FLOOR);
    add(max(p.y - .03, abs(basin - .14) - .14), STONE);
    add(p.y + .14, WATER);
    add(max(box(p - vec3(0, 1.65, 6.0), vec3(5.2, 1.65, .3), .05), -gates(p.xy)), PLASTER);
    add(box(p - vec3(0, 1.65, 8.0), vec3(5.2, 1.65, .2)), FEATURE);
    add(box(p - vec3(0, 3.35, 6.9), vec3(5.4, .10, 1.4), .04), STONE);
    add(box(vec3(abs(p.x) - 5.0, p.y - 1.35, p.z - 1.), vec3(.25, 1.35, 5.2), .05), PLASTER);
    add(box(p - vec3(0, -.05, 4.05), vec3(1.0, .07, .3), .02), STONE);
}

void lounger(vec3 p) {
    WITHIN(p, vec3(0, .4, 0), vec3(.45, .5, 1.1)) {
        add(box(vec3(p.x, p.y - .22, p.z), vec3(.36, .035, .95), .015), WOOD);
        add(box(vec3(abs(p.x) - .3, p.y - .1, abs(p.z) - .8), vec3(.03, .11, .03)), WOOD);
        add(box(p - vec3(0, .30, -.28), vec3(.33, .055, .64), .05), LINEN);
        vec3 q = p - vec3(0, .52, .62);
        q.yz *= turn(.75);
        add(box(q, vec3(.33, .055, .42), .05), LINEN);
        bolster(p, vec3(0, .66, .62), vec3(.24, .07, .13), .8, 0., CUSHION);
        add(box(p - vec3(0, .335, -.62), vec3(.345, .04, .20), .03), THROW);
    }
}

void parasol(vec3 p) {
    WITHIN(p, vec3(0, 1.35, 0), vec3(1.5, 1.45, 1.5)) {
        add(rod(p, vec3(0), vec3(0, 2.65, 0), .025), WOOD);
        float a = atan(p.x, p.z), scallop = .04 * abs(sin(a * 4.));
        float roof = abs(p.y - 2.62 + .34 * length(p.xz) + scallop) - .012;
        add(max(roof, length(p.xz) - 1.42) * .7, ACCENT);
    }
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    lounger(vec3(p.x - 3.1, p.y, p.z - 2.5));
    lounger(vec3(p.x + 3.1, p.y, p.z - 2.5));
    parasol(p - vec3(3.95, 0, 3.1));
    add(disc(p - vec3(-3.95, .2, 2.0), .22, .2, .02), WOOD);
    champagne(vec3(p.x + 3.95, p.y - .4, p.z - 2.0));
    palm(p - vec3(-4.0, 0, 4.7), 4.2, .8, 2.1);
    palm(p - vec3(3.5, 0, 9.2), 6.0, -.6, 2.5);
    palm(p - vec3(-1.6, 0, 10.), 6.8, .5, 2.5);
    plant(vec3(abs(p.x) - 1.36, p.y, p.z - 5.2), .9, .5);
    plant(vec3(abs(p.x) - 4.2, p.y, p.z - .3), 1.2, .75);
    plant(p - vec3(4.1, 0, 5.0), 1.4, .8);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == WATER) return pool(p, n, vec3(.01, .36, .38), vec3(.30, .75, .62));
    if (m == FEATURE) {
        Surface s = matt(vec3(.80, .30, .17) * (.93 + .14 * fbm(p * 4.)));
        s.glow = s.albedo * GOLD * .35;
        return s;
    }
    Surface s = material(m, p, n);
    if (m == PLASTER) s.albedo = vec3(.74, .36, .23) * (.92 + .16 * fbm(p * 3.));
    if (m == FLOOR) s = glossy(tiles(p.xz + .3, vec2(.8), vec3(.60, .40, .28)), .015, .2);
    if (m == ACCENT)
        s = matt(mod(floor(atan(p.x - 3.95, p.z - 3.1) * 2.5465), 2.) > .5 ? vec3(.82, .30, .16)
            : vec3(.88, .76, .60));
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.26, .16, .11), vec3(.26, .30, .38), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.95, .52, .34), vec3(.05, .33, .50), smoothstep(.05, .55, q.y));
    return c + vec3(.40, .24, .17) * clouds(q + 2.2, 1.9);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return mix(c, vec3(1., .60, .36), (1. - exp(-t * .006)) * .6);
}
