// The bed looks out on its own patio: plunge pool, palm, the last of the sun.

const vec3 EYE = vec3(-.1, 1.62, -3.7), AIM = vec3(.05, 1.36, 1.);
const float LENS = 1.7, FAR = 70.;
const vec3 SUN = vec3(9., 9., 40.);
const Light LIGHTS[6] = Light[6](
    Light(SUN, SUN, vec3(1., .46, .18) * 4200., 1.6),
    Light(vec3(0, 2.6, -3.), vec3(0, 2.6, -3.), GOLD * 3.6, FILL),
    Light(vec3(-2.75, 1.05, 1.75), vec3(-2.75, 1.05, 1.75), GOLD * 1.7, .15),
    Light(vec3(0, 2.2, 3.4), vec3(0, 2.2, 3.4), vec3(1., .52, .36) * 4., FILL),
    Light(vec3(.2, .4, 6.), vec3(.2, .4, 6.), TURQUOISE * 6., FILL),
    Light(vec3(2.2, 2.25, .6), vec3(2.2, 2.25, .6), GOLD * 1.3, .2));

float opening(vec2 p) {
    float i = clamp(floor(p.x / 2.15 + .5), -1., 1.);
    return arch(vec2(p.x - i * 2.15, p.y), .98, 1.5);
}

void shell(vec3 p) {
    float basin = box(p.xz - vec2(.2, 5.4), vec2(3.4, 1.7));
    add(max(p.y, -basin), FLOOR);
    add(p.y + .12, WATER);
    add(max(abs(p.z - 3.0) - .18, -opening(p.xy)), PLASTER);
    add(max(3.3 - abs(p.x), p.z - 3.1), PLASTER);
    add(max(2.95 - p.y, p.z - 3.15), CEILING);
    float i = clamp(floor(p.z / .75 + .5), -5., 3.);
    add(box(p - vec3(0, 2.87, i * .75), vec3(3.3, .08, .07), .01), WOOD);
    add(box(p - vec3(0, .65, 9.4), vec3(8., .65, .15), .03), PLASTER);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    vec3 q = p - vec3(-.75, 0, 1.15);
    bed(vec3(-q.z, q.y, -q.x).xyz, 1.05, 1.25);
    q = p - vec3(-2.08, 0, 1.15);
    headboard(vec3(q.z, q.y, q.x), 1.2, .62, .17);
    nightstand(vec3(p.x + 2.75, p.y, p.z - 1.85 - .75), .26);
    table_lamp(p - vec3(-2.75, .5, 2.5), .6);
    add(disc(p - vec3(.4, .012, .2), 1.9, .012, .008), RUG);
    pendant(p - vec3(2.2, 2.25, .6), .17, .8);
    q = p - vec3(2.15, 0, 1.3);
    q.xz *= turn(.7);
    add(box(q - vec3(0, .30, 0), vec3(.42, .13, .40), .10), VELVET);
    add(disc(q - vec3(.05, .09, 0), .30, .09, .01), FRAME);
    add(box(q - vec3(.36, .58, 0), vec3(.11, .34, .42), .10), VELVET);
    bolster(q, vec3(.16, .58, 0.), vec3(.22, .09, .22), 1.2, 1.57, CUSHION);
    champagne(p - vec3(1.35, .40, .35));
    add(disc(p - vec3(1.35, .2, .35), .36, .2, .03), WOOD);
    plant(p - vec3(2.85, 0, 2.3), 1.3, .75);
    palm(p - vec3(-3.0, 0, 7.6), 3.6, .7, 1.9);
    palm(p - vec3(3.6, 0, 8.4), 4.6, -.6, 2.0);
    curtain(vec3(abs(p.x) - 3.0, p.y, p.z - 2.65), .28, 2.8, .13);
    q = vec3(p.x + 3.26, p.y - 1.95, p.z - 1.15).yxz;
    add(max(disc(q, .62, .04, .02), -q.x - .0), FEATURE);
    for (int i = zero; i < 3; i++) {
        q = vec3(p.x - 3.27, p.y - 1.75 - .26 * sin(float(i) * 2.2), p.z - .1 - .62 * float(i)).yxz;
        add(disc(q, .25 - .05 * float(i & 1), .02, .01) + .006 * sin(length(q.xz) * 90.), SHADE);
    }
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    if (m == WATER) return pool(p, n, vec3(.01, .30, .32), vec3(.16, .60, .52));
    Surface s = material(m, p, n);
    if (m == FEATURE) s = matt(vec3(.72, .22, .10));
    if (m == SHADE && p.x > 3.) s = matt(vec3(.62, .42, .22));
    if (m == PLASTER && p.z < 3.3) s.albedo = vec3(.74, .50, .36) * (.94 + .12 * fbm(p * 5.));
    if (m == FLOOR && p.z > 3.2) s = glossy(tiles(p.xz, vec2(.7), vec3(.58, .42, .30)), .02, .2);
    if (m == FLOOR && p.z < 3.2)
        s = glossy(planks(p.xz, vec3(.40, .22, .11), vec3(.24, .12, .06)), .04, .12);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.20, .10, .08), vec3(.21, .16, .20), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.90, .30, .12), vec3(.66, .22, .20), smoothstep(.0, .22, q.y));
    c = mix(c, vec3(.18, .18, .36), smoothstep(.15, .6, q.y));
    c += vec3(.7, .30, .22) * clouds(q + 3.3, 2.4) * .5;
    c = sun(c, d, normalize(vec3(.045, .078, 1.)), .052, vec3(.9, .36, .14));
    vec4 hills = ridges(q + vec2(1.3, 0), .0, .055, vec3(.62, .20, .15), vec3(.22, .09, .13));
    return mix(c, hills.rgb, hills.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return mix(c, vec3(1., .44, .22), (1. - exp(-t * .005)) * .6);
}
