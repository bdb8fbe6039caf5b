// The sun goes down behind the arcade; pool and palms catch what is left of it.

const vec3 EYE = vec3(0, 1.6, -10.), AIM = vec3(0, 3.8, 3.);
const float LENS = 1.62, FAR = 80.;
const vec3 SUN = vec3(0, 9.2, 40.);
const Light LIGHTS[8] = Light[8](
    Light(SUN, SUN, vec3(1., .42, .16) * 2600., 2.),
    Light(vec3(0, 30, -30), vec3(0, 30, -30), vec3(.9, .55, .60) * 1100., FILL),
    Light(vec3(-5.2, 2.3, 5.4), vec3(-5.2, 2.3, 5.4), GOLD * 5., .3),
    Light(vec3(-2.6, 2.3, 5.4), vec3(-2.6, 2.3, 5.4), GOLD * 5., .3),
    Light(vec3(0, 2.3, 5.4), vec3(0, 2.3, 5.4), GOLD * 5., .3),
    Light(vec3(2.6, 2.3, 5.4), vec3(2.6, 2.3, 5.4), GOLD * 5., .3),
    Light(vec3(5.2, 2.3, 5.4), vec3(5.2, 2.3, 5.4), GOLD * 5., .3),
    Light(vec3(0, 4.9, 2.2), vec3(0, 4.9, 2.2), CORAL * 3., .6));

float arcade(vec2 p) {
    float i = clamp(floor(p.x / 2.6 + .5), -2., 2.);
    return arch(vec2(p.x - i * 2.6, p.y), 1.02, 1.65);
}

void building(vec3 p) {
    float body = box(p - vec3(0, 1.75, 5.6), vec3(7.4, 1.75, 2.4), .06);
    add(max(body, -max(arcade(p.xy), abs(p.z - 4.4) - 2.6)), PLASTER);
    add(box(p - vec3(0, 3.62, 5.6), vec3(7.6, .12, 2.6), .05), STONE);
    vec2 crown = vec2(abs(p.x), p.y - 3.6);
    float gable = max(length(crown - vec2(0, -.55)) - 2.35, -crown.y);
    add(max(gable, abs(p.z - 3.5) - .22) , PLASTER);
    add(box(p - vec3(0, .10, 3.6), vec3(8.4, .10, 1.6), .03), STONE);
    float i = clamp(floor(p.x / 2.6 + .5), -2., 2.);
    add(box(p - vec3(i * 2.6, 1.1, 6.9), vec3(.62, 1.1, .05), .02), WOOD);
}

float map(vec3 p) {
    D = 1e3;
    float basin = box(p.xz - vec2(0, -3.2), vec2(5.0, 4.0));
    add(max(p.y, -basin), FLOOR);
    add(p.y + .10, WATER);
    building(p);
    add(neon(word_sol((p.xy - vec2(0.02, 4.45)) / .85) * .85, p.z - 3.2, .045), NEON);
    palm(p - vec3(-7.6, 0, .6), 6.2, 1.0, 2.6);
    palm(p - vec3(7.4, 0, 1.2), 7.0, -.9, 2.7);
    palm(p - vec3(-10.4, 0, 4.), 7.6, -.7, 2.6);
    palm(p - vec3(10.6, 0, 3.4), 5.6, .7, 2.4);
    plant(vec3(abs(p.x) - 1.3, p.y - .2, p.z - 2.6), .8, .5);
    plant(vec3(abs(p.x) - 3.9, p.y - .2, p.z - 2.6), 1., .6);
    vec3 q = vec3(abs(p.x) - 6.1, p.y, p.z + 1.6);
    add(box(q - vec3(0, .13, 0), vec3(.34, .13, .8), .03), WOOD);
    add(box(q - vec3(0, .30, 0), vec3(.31, .05, .76), .05), LINEN);
    bolster(q, vec3(0, .42, .62), vec3(.26, .07, .16), .5, 0., THROW);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == WATER) {
        Surface s = pool(p, n, vec3(.01, .22, .24), vec3(.10, .42, .36));
        s.mirror = .10;
        return s;
    }
    Surface s = material(m, p, n);
    float stroke = word_sol((p.xy - vec2(.02, 4.45)) / .85);
    if (m == FLOOR) s = glossy(tiles(p.xz, vec2(.9), vec3(.52, .34, .24)), .02, .1);
    if (m == FLOOR && p.z > 8.) s = matt(vec3(.30, .14, .10));
    if (m == PLASTER && p.z < 3.4)
        s.glow += s.albedo * CORAL * .20 / (stroke * stroke + .10) * step(3.5, p.y);
    if (m == WOOD && p.z > 6.) s.glow += s.albedo * GOLD * .25;
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.22, .11, .09), vec3(.26, .20, .30), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.86, .26, .11), vec3(.56, .15, .17), smoothstep(.0, .30, q.y));
    c = mix(c, vec3(.12, .12, .30), smoothstep(.2, .72, q.y));
    c += vec3(.60, .22, .16) * clouds(q + 1.3, 2.) * smoothstep(.9, .2, q.y) * .55;
    c = sun(c, d, normalize(vec3(0, .325, 1.)), .18, vec3(1., .36, .12));
    vec4 hills = ridges(q + vec2(.45, 0), .03, .14, vec3(.66, .20, .15), vec3(.22, .08, .13));
    return mix(c, hills.rgb, hills.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    float toward = max(dot(d, normalize(SUN - EYE)), 0.);
    return mix(c, vec3(.75, .26, .14), (1. - exp(-t * .0035)) * (.5 + .5 * pow(toward, 8.)));
}
