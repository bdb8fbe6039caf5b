// A round bed under a round skylight; a plunge pool glows beside it.

const vec3 EYE = vec3(.0, 1.55, -4.3), AIM = vec3(0, 1.45, 1.5);
const float LENS = 1.75, FAR = 30.;
const Light LIGHTS[6] = Light[6](
    Light(vec3(-1.62, 1.5, 2.2), vec3(-1.62, 1.5, 2.2), AMBER * 2.6, .2),
    Light(vec3(1.62, 1.5, 2.2), vec3(1.62, 1.5, 2.2), AMBER * 2.6, .2),
    Light(vec3(.3, 3.3, 1.2), vec3(.3, 3.3, 1.2), MOONLIGHT * 2.4, .7),
    Light(vec3(-1.4, 2.5, 3.6), vec3(1.4, 2.5, 3.6), ROSE * 1.5, .4),
    Light(vec3(2.8, .1, -.4), vec3(2.8, .1, -.4), INDIGO * 2.2, .5),
    Light(vec3(-2.4, 2.6, -3.4), vec3(-2.4, 2.6, -3.4), VIOLET * 1.3, FILL));

const vec3 BED = vec3(0, .16, .9);

void shell(vec3 p) {
    float ground = max(p.y, -box(p.xz - vec2(2.75, -.6), vec2(.75, 1.3)));
    add(ground, FLOOR);
    add(max(p.y + .25, box(p.xz - vec2(2.75, -.6), vec2(.9, 1.5))), WATER);
    add(max(3.9 - p.z, p.y - 3.5), PLASTER);
    add(max(3.7 - abs(p.x), p.y - 3.5), PLASTER);
    float dome_hole = length(p.xz - BED.xz) - 2.05, sky_hole = length(p.xz - BED.xz) - 1.62;
    add(max(abs(p.y - 3.26) - .16, -dome_hole), CEILING);
    add(max(abs(p.y - 3.46) - .04, -sky_hole), FEATURE);
}

float map(vec3 p) {
    D = 1e3;
    shell(p);
    vec3 q = p - BED;
    add(disc(p - vec3(BED.x, .08, BED.z), 1.85, .08, .02), STONE);
    round_bed(q, 1.3);
    round_headboard(q, 1.47, .62);
    slats(p - vec3(0, 0, 3.82), 2.6, 1.55, .13);
    q = vec3(abs(p.x) - 1.75, p.y, p.z - 2.3);
    nightstand(q, .2);
    pendant(vec3(abs(p.x) - 1.62, p.y - 1.5, p.z - 2.2), .12, 1.6);
    curtain(vec3(abs(p.x) - 3.05, p.y, p.z - 3.6), .6, 3.1, .2);
    champagne(vec3(p.x - 1.75, p.y - .5, p.z - 2.3));
    plant(p - vec3(-2.8, 0, 2.4), .9, .75);
    return D;
}

Surface surface(int m, vec3 p, inout vec3 n) {
    float from_step = length(p.xz - BED.xz) - 1.85;
    if (m == WATER) {
        n = ripples(p * 1.5, .05);
        Surface s = glossy(vec3(.02), .04, .0);
        s.glow = vec3(.10, .10, .75) + vec3(.35, .25, 1.) * caustics(p.xz * 1.3);
        return s;
    }
    Surface s = material(m, p, n);
    if (m == FLOOR)
        s.glow += s.albedo * ROSE * 5. * exp(-3.2 * max(from_step, 0.)) + ROSE * .05
            * exp(-9. * from_step);
    if (m == FEATURE)
        s.glow = mix(AMBER, ROSE, .5) * .9 * smoothstep(1.5, 2.1, length(p.xz - BED.xz));
    if (m == PLASTER) s.glow += s.albedo * ROSE * 1.2 * exp(-1.6 * (3.1 - p.y));
    return s;
}

vec3 ambient(vec3 p, vec3 n) {
    return mix(vec3(.055, .022, .07), vec3(.055, .05, .17), n.y * .5 + .5);
}

vec3 sky(vec3 d) {
    vec3 c = vec3(.02, .015, .09) + stars(d, .25) * 1.5;
    return moon(c, d, normalize(vec3(.10, 1., 2.55)), .05, vec3(.95, .82, 1.05));
}

vec3 veil(vec3 c, vec3 o, vec3 d, float t) { return c + haze(o, d, t) * .0022; }
