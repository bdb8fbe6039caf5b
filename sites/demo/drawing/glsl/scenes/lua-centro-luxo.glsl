// A four-poster seen from the corner: sheer curtains, a mirror overhead, the city behind blinds.

const vec3 EYE = vec3(-2.5, 1.5, -3.5), AIM = vec3(.35, 1.35, 1.8);
const float LENS = 1.7, FAR = 40.;
const Light LIGHTS[7] = Light[7](
    Light(vec3(-1.6, 1.25, 2.55), vec3(-1.6, 1.25, 2.55), AMBER * 1.9, .15),
    Light(vec3(1.6, 1.25, 2.55), vec3(1.6, 1.25, 2.55), AMBER * 1.9, .15),
    Light(vec3(0, 2.05, 2.6), vec3(0, 2.05, 2.6), ROSE * 2.6, .5),
    Light(vec3(3.1, 1.8, .0), vec3(3.1, 1.8, 1.8), VIOLET * 1.8, .5),
    Light(vec3(0, 2.4, 1.3), vec3(0, 2.4, 1.3), AMBER * 1.2, .4),
    Light(vec3(-3., 2.5, -2.), vec3(-3., 2.5, -2.), INDIGO * 3., FILL),
    Light(vec3(-3.1, 2.9, 0), vec3(-3.1, 2.9, 2.6), ROSE * .9, .3));

void shell(vec3 p) {
    add(max(p.y, p.x - 3.75), FLOOR);
    add(max(3.1 - p.z, p.x - 3.75), PLASTER);
    add(p.x + 3.5, PLASTER);
    float view = box(p.yz - vec2(1.62, .6), vec2(1.05, 1.9));
    add(max(max(3.5 - p.x, p.x - 3.75), -view), PLASTER);
    add(max(3.0 - p.y, p.x - 3.75), CEILING);
    add(box(p - vec3(0, 2.98, 1.3), vec3(1.45, .03, 1.5), .01), GLASS);
    slats(p - vec3(0, 0, 3.06), 3.4, 1.5, .15);
    float y = p.y - .66 - clamp(floor((p.y - .66) / .20 + .5), 0., 9.) * .20;
    vec3 q = vec3(p.x - 3.56, y, p.z - .6);
    q.xy *= turn(.10);
    add(box(q, vec3(.035, .004, 1.9)) * .9, FRAME);
}

void canopy(vec3 p) {
    vec3 q = vec3(abs(p.x) - 1.3, p.y, abs(p.z) - 1.35);
    WITHIN(p, vec3(0, 1.3, 0), vec3(1.5, 1.35, 1.6)) {
        add(box(q - vec3(0, 1.25, 0), vec3(.032, 1.25, .032), .006), FRAME);
        add(box(q - vec3(-1.3, 2.5, 0), vec3(1.3, .03, .03), .006), FRAME);
        add(box(q - vec3(0, 2.5, -1.35), vec3(.03, .03, 1.35), .006), FRAME);
        curtain(vec3(abs(p.x) - 1.2, p.y - .02, p.z - 1.42), .26, 2.48, .20);
        curtain(vec3(p.z - 1.12, p.y - .02, abs(p.x) - 1.36), .22, 2.48, .20);
    }
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    canopy(p - vec3(0, 0, 1.3));
    bed(p - vec3(0, 0, 1.3), 1.12, 1.2);
    headboard(p - vec3(0, .3, 2.62), 1.12, .5, .16);
    vec3 q = vec3(abs(p.x) - 1.78, p.y, p.z - 2.5);
    nightstand(q, .28);
    pendant(vec3(abs(p.x) - 1.72, p.y - 1.3, p.z - 2.5), .12, 1.7);
    pendant(vec3(abs(p.x) - 1.98, p.y - 1.62, p.z - 2.6), .08, 1.4);
    add(neon(abs(crescent(p.xy - vec2(0, 1.92), .34)), p.z - 2.98, .022), NEON);
    champagne(p - vec3(1.72, .5, 2.45));
    add(disc(p - vec3(0, .012, .3), 1.6, .012, .008), RUG);
    plant(p - vec3(3.0, 0, 2.6), 1.1, .6);
    q = p - vec3(3.05, 0, .35);
    add(box(q - vec3(0, .30, 0), vec3(.30, .12, .85), .09), VELVET);
    add(box(q - vec3(0, .09, 0), vec3(.24, .09, .75), .02), FRAME);
    bolster(q, vec3(.12, .54, .55), vec3(.2, .09, .2), 1.1, 1.2, CUSHION);
    bolster(q, vec3(.10, .52, .20), vec3(.18, .08, .18), 1.0, 1.4, ACCENT);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    Surface s = material(m, p, n);
    float stroke = crescent(p.xy - vec2(0, 1.92), .34);
    if (m == GLASS && p.y > 2.8) return glossy(vec3(.02), .62, .0);
    if (m == WOOD && p.z > 2.9) s.glow += s.albedo * ROSE * .35 / (stroke * stroke * 2. + .06);
    if (m == CURTAIN) s.albedo = vec3(.50, .34, .50);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.06, .024, .06), vec3(.05, .042, .15), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = vec2(atan(-d.z, d.x), d.y / length(d.xz));
    vec3 c = mix(vec3(.75, .15, .52), vec3(.10, .05, .36), smoothstep(-.05, .24, q.y));
    vec4 town = towers(q * 1.3 + vec2(.8, 0), -.10, .30, vec3(.48, .11, .44), vec3(.06, .03, .13));
    return mix(c, town.rgb, town.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) { return c + haze(o, d, min(t, 9.)) * .0024; }
