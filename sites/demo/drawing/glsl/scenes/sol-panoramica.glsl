// A curved window over the bay: sugarloaf hills, a low sun on the sea, a round bed.

const vec3 EYE = vec3(0, 1.5, -4.6), AIM = vec3(0, 1.62, 1.);
const float LENS = 1.7, FAR = 40.;
const vec3 BED = vec3(0, .12, .55), SUN = vec3(-8., 8.2, 40.);
const Light LIGHTS[6] = Light[6](
    Light(SUN, SUN, vec3(1., .52, .22) * 3600., 1.3),
    Light(vec3(0, 2.6, -2.8), vec3(0, 2.6, -2.8), GOLD * 3.4, FILL),
    Light(vec3(0, 1.9, 3.4), vec3(0, 1.9, 3.4), vec3(1., .60, .44) * 4., FILL),
    Light(vec3(-2.05, 1.4, 1.5), vec3(-2.05, 1.4, 1.5), GOLD * 1.5, .15),
    Light(vec3(2.05, 1.4, 1.5), vec3(2.05, 1.4, 1.5), GOLD * 1.5, .15),
    Light(vec3(3., 2.6, -2.), vec3(3., 2.6, -2.), CORAL * 1.2, .6));

void shell(vec3 p) {
    vec2 q = p.xz + vec2(0, .6);
    float bay = length(q) - 4.3, a = atan(q.x, q.y);
    add(max(p.y, bay - .1), FLOOR);
    float i = floor(p.x / .36 + .5);
    add(max(abs(p.y - 3.25) - .2, bay - .1), CEILING);
    add(max(box(vec2(p.x - i * .36, p.y - 3.05), vec2(.06, .05)), bay), WOOD);
    float post = abs(fract(a / .42) - .5) * .42 * 4.3 - .028;
    add(max(post, abs(bay) - .05) * .9, FRAME);
    add(box(vec2(bay, p.y - .06), vec2(.10, .08)), STONE);
    add(box(vec2(bay, p.y - 2.92), vec2(.12, .12)), STONE);
    float fold = bay + .22 + .055 * sin(a * 95.) + .02 * sin(a * 41.);
    add(max(max(abs(fold) - .012, abs(abs(a) - 1.02) - .20), p.y - 2.95) * .5, CURTAIN);
}

void armchair(vec3 p) {
    p.xz *= turn(.9);
    WITHIN(p, vec3(0, .45, 0), vec3(.55, .5, .55)) {
        float back = max(tube(p - vec3(0, .46, 0), .42, .28, .035), -p.z - .12);
        add(back, WOOD);
        add(disc(p - vec3(0, .33, 0), .37, .08, .06), LINEN);
        add(disc(p - vec3(0, .12, 0), .30, .12, .02), WOOD);
        bolster(p, vec3(0, .56, .22), vec3(.22, .09, .20), 1.1, 0., CUSHION);
    }
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    add(disc(p - vec3(BED.x, .06, BED.z), 1.8, .06, .02), STONE);
    vec3 q = p - BED;
    round_bed(q, 1.3);
    add(max(tube(q - vec3(0, .42, 0), 1.46, .42, .07) - .02, .45 - q.z) * .8, VELVET);
    pendant(vec3(abs(p.x) - 2.05, p.y - 1.4, p.z - 1.5), .15, 1.6);
    add(disc(vec3(abs(p.x) - 2.05, p.y - .26, p.z - 1.5), .27, .26, .03), WOOD);
    champagne(p - vec3(2.05, .52, 1.5));
    armchair(p - vec3(2.6, 0, -.55));
    plant(p - vec3(-2.8, 0, -.2), 1.3, .85);
    plant(p - vec3(-2.0, .52, 1.5), .4, .3);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    Surface s = material(m, p, n);
    if (m == FLOOR) s = glossy(planks(p.xz, vec3(.46, .27, .14), vec3(.28, .15, .075)), .05, .08);
    if (m == CEILING) s.albedo = vec3(.62, .40, .26);
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.20, .11, .08), vec3(.20, .16, .18), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec2 q = dome(d);
    bool sea = q.y < 0.;
    vec2 r = sea ? vec2(q.x + .02 * (noise(vec2(q.x * 60., 30. / max(-q.y, .01))) - .5), -q.y
        * 1.1) : q;
    vec3 c = mix(vec3(.92, .34, .15), vec3(.66, .26, .24), smoothstep(.0, .12, r.y));
    c = mix(c, vec3(.22, .26, .46), smoothstep(.1, .42, r.y));
    c += vec3(.6, .3, .2) * clouds(r + 4.1, 3.) * .45;
    if (!sea) c = sun(c, d, normalize(vec3(-.055, .072, 1.)), .05, vec3(.9, .36, .14));
    if (sea) {
        float glitter = exp(-pow((q.x + .055) / (.03 - q.y * .25), 2.))
            * smoothstep(.45, .75, noise(vec2(q.x * 90., 9. / max(-q.y, .01))));
        c = mix(c * vec3(.45, .62, .72), vec3(.03, .34, .40), smoothstep(.0, -.22, q.y))
            + vec3(1.5, .65, .25) * glitter;
    }
    vec4 hills = ridges(q + vec2(.62, 0), .0, .075, vec3(.62, .24, .22), vec3(.16, .09, .16));
    if (!sea) c = mix(c, hills.rgb, hills.a);
    return c;
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) {
    return c + vec3(1., .45, .2) * .10 * pow(max(dot(d, normalize(vec3(-.055, .072, 1.))), 0.),
        20.);
}
