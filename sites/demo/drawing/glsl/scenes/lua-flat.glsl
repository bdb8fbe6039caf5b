// A snug room under a moon of plaster, lit from behind.

const vec3 EYE = vec3(0, 1.35, -3.6), AIM = vec3(0, 1.5, 1.);
const float LENS = 1.75, FAR = 25.;
const vec3 MOON = vec3(0, 2.12, 2.93);
const Light LIGHTS[7] = Light[7](
    Light(vec3(-1.62, 1.02, 2.2), vec3(-1.62, 1.02, 2.2), AMBER * 1.5, .15),
    Light(vec3(1.62, 1.02, 2.2), vec3(1.62, 1.02, 2.2), AMBER * 1.5, .15),
    Light(vec3(0, 2.1, 2.2), vec3(0, 2.1, 2.2), vec3(1., .72, .62) * 1.3, .6),
    Light(vec3(-2.9, 2.93, .0), vec3(-2.9, 2.93, 2.4), ROSE * 1.5, .3),
    Light(vec3(2.9, 2.93, .0), vec3(2.9, 2.93, 2.4), ROSE * 1.5, .3),
    Light(vec3(-1.2, 2.6, -3.), vec3(-1.2, 2.6, -3.), VIOLET * 1.7, FILL),
    Light(vec3(.6, 2.7, .2), vec3(.6, 2.7, .2), AMBER * .9, .5));

float niche(vec3 p) {
    return max(arch(vec2(abs(p.x) - 2.55, p.y - .62), .36, 1.1), abs(p.z - 3.) - .42);
}

void shell(vec3 p) {
    add(p.y, FLOOR);
    add(max(3. - p.z, -niche(p)), PLASTER);
    add(3.4 - p.z, PLASTER);
    add(3.3 - abs(p.x), PLASTER);
    float tray = box(p.xz - vec2(0, .6), vec2(2.6, 2.1)) - .1;
    add(max(2.85 - p.y, -tray), CEILING);
    add(3.05 - p.y, FEATURE);
}

void shelf(vec3 p) {
    vec3 q = vec3(abs(p.x) - 2.55, p.yz);
    add(box(q - vec3(0, 1.28, 3.2), vec3(.36, .015, .18)), WOOD);
    float h = p.x > 0. ? .12 : .17;
    candle(q - vec3(-.08, 1.295, 3.1), h);
    candle(q - vec3(.06, 1.295, 3.12), h * .6);
    candle(q - vec3(.03, .62, 3.05), .16);
    candle(q - vec3(-.12, .62, 3.1), .09);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    shelf(p);
    bed(p - vec3(0, 0, 1.6), 1.1, 1.2);
    headboard(p - vec3(0, 0, 2.9), 2.1, .62, .175);
    vec3 q = vec3(abs(p.x) - 1.62, p.y, p.z - 2.35);
    nightstand(q, .26);
    table_lamp(q - vec3(0, .5, -.1), .58);
    q = p - MOON;
    add(disc(q.xzy, .66, .035, .02), PAPER);
    add(disc(p - vec3(0, .012, .45), 1.7, .012, .008), RUG);
    add(box(p - vec3(0, .36, -.05), vec3(.85, .09, .22), .07), VELVET);
    add(rod(vec3(abs(p.x), p.y, abs(p.z + .05)), vec3(.7, 0, .12), vec3(.68, .3, .1), .016), BRASS);
    champagne(p - vec3(.35, .45, -.05));
    curtain(vec3(p.z - 1.0, p.y, abs(p.x) - 3.2), .9, 2.85, .2);
    plant(p - vec3(-2.55, 0, .55), .8, .6);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    vec2 q = p.xy - MOON.xy;
    if (m == PAPER && length(q) < .7 && p.z > 2.) {
        return lit(vec3(1.35, .98, 1.05) * (1. - 1.1 * seas(q * 2.6)) * (.62 + .3 * length(q)));
    }
    if (m == FEATURE)
        return lit(mix(ROSE, AMBER, .35) * (.025 + .6
            * smoothstep(-.5, .1, box(p.xz - vec2(0, .6), vec2(2.6, 2.1)))));
    Surface s = material(m, p, n);
    if (m == PLASTER && p.z > 2.9 && p.z < 3.2)
        s.glow += s.albedo * vec3(1.6, .75, .55) * exp(-3.1 * max(length(q) - .66, 0.));
    if (m == PLASTER && p.z > 3.2) s.glow += s.albedo * AMBER * 1.2;
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.06, .024, .055), vec3(.055, .04, .14), n.y * .5 + .5);
}
vec3 sky(vec3 d) { return vec3(0); }
vec3 veil(vec3 c, vec3 o, vec3 d, float t) { return c + haze(o, d, t) * .0024; }
