// High above the city: a curved window, a ceiling of stars, a round bed and a chaise.

const vec3 EYE = vec3(0, 1.5, -4.6), AIM = vec3(0, 1.62, 1.);
const float LENS = 1.7, FAR = 40.;
const vec3 BED = vec3(0, .14, .75);
const Light LIGHTS[7] = Light[7](
    Light(vec3(-2.0, 1.35, 1.8), vec3(-2.0, 1.35, 1.8), AMBER * 2.2, .15),
    Light(vec3(2.0, 1.35, 1.8), vec3(2.0, 1.35, 1.8), AMBER * 2.2, .15),
    Light(vec3(.8, 3.0, 5.), vec3(.8, 3.0, 5.), MOONLIGHT * 7., .5),
    Light(vec3(0, 2.4, .6), vec3(0, 2.4, .6), AMBER * 1.3, .5),
    Light(vec3(-3., 2.7, -2.4), vec3(-3., 2.7, -2.4), ROSE * 2., .6),
    Light(vec3(3., 2.7, -2.4), vec3(3., 2.7, -2.4), VIOLET * 2., .6),
    Light(vec3(0, 1.9, 2.9), vec3(0, 1.9, 2.9), ROSE * 1.1, .6));

void shell(vec3 p) {
    vec2 q = p.xz + vec2(0, .6);
    float bay = length(q) - 4.3, a = atan(q.x, q.y);
    add(max(p.y, bay - .1), FLOOR);
    add(max(abs(p.y - 3.2) - .2, bay - .1), CEILING);
    float post = abs(fract(a / .36 + .5) - .5) * .36 * 4.3 - .03;
    add(max(post, abs(bay) - .06) * .9, FRAME);
    add(box(vec2(bay, p.y - .12), vec2(.10, .13)), FRAME);
    add(box(vec2(bay, p.y - 2.9), vec2(.10, .12)), FRAME);
    float drape = max(abs(bay + .2 + .055 * sin(a * 95.) + .02 * sin(a * 41.)) - .012,
        abs(abs(a) - 1.02) - .17);
    add(max(drape, p.y - 2.95) * .5, CURTAIN);
}

void chaise(vec3 p) {
    p.xz *= turn(-.75);
    WITHIN(p, vec3(0, .45, 0), vec3(.95, .5, .36)) {
        float crest = .40 + .17 * sin(p.x * 3.1 + 1.1) + .10 * p.x;
        add(box(vec3(p.x, p.y - crest, p.z), vec3(.85, .075, .30), .07) * .75, VELVET);
        add(box(p - vec3(0, .12, 0), vec3(.55, .12, .22), .02), FRAME);
    }
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    add(disc(p - vec3(BED.x, .07, BED.z), 1.8, .07, .02), STONE);
    vec3 q = p - BED;
    round_bed(q, 1.3);
    round_headboard(q, 1.46, .5);
    pendant(vec3(abs(p.x) - 2.0, p.y - 1.35, p.z - 1.8), .13, 1.65);
    pendant(vec3(abs(p.x) - 2.3, p.y - 1.75, p.z - 1.7), .08, 1.3);
    add(disc(vec3(abs(p.x) - 2.0, p.y - .27, p.z - 1.8), .28, .27, .02), WOOD);
    champagne(p - vec3(2.0, .54, 1.8));
    chaise(p - vec3(2.55, 0, -.65));
    plant(p - vec3(-2.75, 0, -.1), 1.2, .8);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    Surface s = material(m, p, n);
    float from_step = length(p.xz - BED.xz) - 1.8;
    if (m == FLOOR) s.glow += s.albedo * ROSE * 4.5 * exp(-3.2 * max(from_step, 0.));
    if (m == CEILING && n.y < -.5) {
        vec2 cell = floor(p.xz * 7.), at = fract(p.xz * 7.) - .5;
        float point = exp(-160. * dot(at - .5 * hash(cell) + .25, at - .5 * hash(cell) + .25));
        s.glow += point * step(.45, hash(cell + 4.)) * mix(MOONLIGHT, AMBER, hash(cell + 7.)) * 3.5;
        s.glow += ROSE * .30 * exp(-4.5 * (3.7 - length(p.xz + vec2(0, .6))) );
    }
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.055, .022, .06), vec3(.05, .045, .17), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    vec3 c = mix(vec3(.52, .13, .46), vec3(.035, .022, .17), smoothstep(-.06, .34, q.y));
    c += stars(d, .10) * smoothstep(.1, .35, q.y);
    c = moon(c, d, normalize(vec3(.045, .098, 1.)), .046, vec3(1.2, .98, 1.2));
    vec4 town = towers(q + vec2(.31, .0), -.05, .22, vec3(.34, .09, .38), vec3(.04, .022, .10));
    return mix(c, town.rgb, town.a);
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) { return c + haze(o, d, min(t, 10.)) * .0022; }
