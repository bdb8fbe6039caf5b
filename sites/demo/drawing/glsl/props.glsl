// Furniture. Every prop stands on the ground at the origin of the p it is given, facing the
// viewer, and costs next to nothing where something nearer is known already.

const int PLASTER = 1, FLOOR = 2, CEILING = 3, LINEN = 4, DUVET = 5, THROW = 6, CUSHION = 7,
    VELVET = 8, WOOD = 9, BRASS = 10, BULB = 11, NEON = 12, WATER = 13, LEAF = 14, POT = 15,
    STONE = 16, TILE = 17, GLASS = 18, CURTAIN = 19, FLAME = 20, PAPER = 21, TOWEL = 22,
    TRUNK = 23, FEATURE = 24, RUG = 25, FRAME = 26, BOTTLE = 27, ACCENT = 28, SHADE = 29;

// Beyond `margin` a prop's bounding box stands in for it. A loop that runs once, not an if:
// software renderers run both sides of an if, but leave a loop that no pixel wants.
bool reachable(vec3 p, vec3 centre, vec3 extent) {
    float bound = box(p - centre, extent);
    if (bound > margin) D = min(D, bound);
    return bound < min(D, margin);
}

#define WITHIN(p, centre, extent) \
    for (bool once = reachable(p, centre, extent); once; once = false)

float creases(vec3 p) {
    if (casting) return .02;
    float broad = noise(p * vec3(3.1, 2.2, 2.3)), fine = noise(p * vec3(9., 4., 7.) + broad * 3.);
    return .030 * broad + .012 * abs(fine - .5);
}

// Standing or leaning cushion: tilt in radians from lying flat.
void bolster(vec3 p, vec3 at, vec3 s, float tilt, float yaw, int m) {
    vec3 q = p - at;
    q.xz *= turn(yaw);
    q.yz *= turn(tilt);
    add(cushion(q, s) - .005 * sin(q.x * 19. + 4. * q.z) * sin(q.z * 15.), m);
}

void pillows(vec3 p, float w, float back) {
    vec3 q = vec3(abs(p.x), p.yz);
    bolster(q, vec3(w * .5, .86, back - .16), vec3(w * .46, .13, .30), 1.15, 0., LINEN);
    bolster(q, vec3(w * .46, .80, back - .42), vec3(w * .40, .12, .26), .95, .08, LINEN);
    bolster(q, vec3(w * .30, .77, back - .64), vec3(.23, .10, .23), 1.05, .25, ACCENT);
    bolster(p, vec3(0, .73, back - .86), vec3(.33, .09, .17), .95, 0., CUSHION);
}

// w, l: half width and half length; the head is at +z. Made up with duvet, throw and pillows.
void bed(vec3 p, float w, float l) {
    WITHIN(p, vec3(0, .58, 0), vec3(w + .12, .58, l + .06)) {
        add(box(p - vec3(0, .17, 0), vec3(w - .03, .14, l), .02), VELVET);
        add(box(p - vec3(0, .45, 0), vec3(w, .15, l), .07), LINEN);
        float folds = creases(p);
        float skirt = .018 * sin(p.x * 17. + 2. * sin(p.x * 5.)) * smoothstep(.6, .3, p.y);
        vec3 q = p - vec3(0, .45, -.28);
        add((box(q, vec3(w + .06, .19, l - .24), .10) - folds - skirt) * .7, DUVET);
        q = p - vec3(0, .47, l - .96);
        add((box(q, vec3(w + .075, .185, .22), .10) - folds) * .7, LINEN);
        q = p - vec3(0, .455, -l * .52 + .05 * sin(p.x * 2.3));
        add((box(q, vec3(w + .085, .20, .34), .10) - folds * 1.1 - skirt) * .7, THROW);
        pillows(p, w, l);
    }
}

void round_bed(vec3 p, float r) {
    WITHIN(p, vec3(0, .55, 0), vec3(r + .13, .62, r + .13)) {
        float a = atan(p.x, p.z), drape = sin(a * 26. + 2. * sin(a * 7.))
            * smoothstep(.62, .2, p.y);
        add(disc(p - vec3(0, .15, 0), r - .06, .13, .02), VELVET);
        add(disc(p - vec3(0, .46, 0), r, .15, .08), LINEN);
        float folds = creases(p);
        float cover = disc(p - vec3(0, .44, 0), r + .06, .21, .12) - folds - .022 * drape;
        add(max(cover, p.z - r * .22) * .7, DUVET);
        float sheet = disc(p - vec3(0, .445, 0), r + .075, .215, .12) - folds - .02 * drape;
        add(max(sheet, abs(p.z - r * .12) - .17) * .7, LINEN);
        add(max(sheet - .012, abs(p.z + r * .42 + .06 * sin(p.x * 2.)) - .26) * .7, THROW);
        pillows(p, r * .74, r * .80);
    }
}

// Upholstery in vertical channels: a panel w x h (half), standing on y = 0.
void headboard(vec3 p, float w, float h, float pitch) {
    WITHIN(p, vec3(0, h, 0), vec3(w + .05, h + .05, .2)) {
        float x = mod(p.x, pitch) / pitch - .5;
        float puff = .055 * sqrt(max(1. - 3.6 * x * x, 0.));
        add((box(p - vec3(0, h, 0), vec3(w, h, .05), .04) - puff) * .7, VELVET);
    }
}

// Channels bent around the back of a round bed: radius r, half height h.
void round_headboard(vec3 p, float r, float h) {
    float x = fract(atan(p.x, p.z) * 5.) - .5, puff = .05 * sqrt(max(1. - 3.6 * x * x, 0.));
    add(max(tube(p - vec3(0, h, 0), r, h, .05) - puff, r * .2 - p.z) * .7, VELVET);
}

// A wall of slats: half width w, half height h.
void slats(vec3 p, float w, float h, float pitch) {
    WITHIN(p, vec3(0, h, 0), vec3(w, h, .06)) {
        float i = clamp(floor(p.x / pitch + .5), -floor(w / pitch), floor(w / pitch));
        add(box(p - vec3(i * pitch, h, 0), vec3(pitch * .31, h, .03), .006), WOOD);
    }
}

// Hanging cloth: half width w, height h; gathers fold every `pitch` metres.
void curtain(vec3 p, float w, float h, float pitch) {
    WITHIN(p, vec3(0, h * .5, 0), vec3(w, h * .5, .12)) {
        float x = p.x + .05 * sin(p.y * 1.3 + p.x * 3.);
        float wave = .055 * sin(x / pitch * 6.283) + .018 * sin(x / pitch * 14.1 + 1.);
        add(box(p - vec3(0, h * .5, wave), vec3(w, h * .5, .012)) * .5, CURTAIN);
    }
}

void table_lamp(vec3 p, float h) {
    WITHIN(p, vec3(0, h * .5, 0), vec3(.2, h * .5 + .02, .2)) {
        add(disc(p - vec3(0, .02, 0), .09, .02, .01), BRASS);
        add(rod(p, vec3(0, .02, 0), vec3(0, h - .1, 0), .011), BRASS);
        add(length((p - vec3(0, .14, 0)) * vec3(1, .8, 1)) - .085, BRASS);
        if (!casting) add(cone(p - vec3(0, h - .13, 0), .19, .125, .13), SHADE);
    }
}

// A globe hanging by a cord from `top` metres above it.
void pendant(vec3 p, float r, float top) {
    WITHIN(p, vec3(0, top * .5, 0), vec3(r, top * .5 + r, r)) {
        add(rod(p, vec3(0, r, 0), vec3(0, top, 0), .006), BRASS);
        add(disc(p - vec3(0, r, 0), .035, .025, .008), BRASS);
        if (!casting) add(length(p) - r, BULB);
    }
}

void nightstand(vec3 p, float w) {
    WITHIN(p, vec3(0, .27, 0), vec3(w + .02, .3, .24)) {
        add(box(p - vec3(0, .34, 0), vec3(w, .16, .22), .015), WOOD);
        add(box(p - vec3(0, .345, -.222), vec3(w - .03, .002, .004)), BRASS);
        add(box(vec3(abs(p.x) - w + .05, p.y - .09, abs(p.z) - .17), vec3(.014, .09, .014)), BRASS);
    }
}

// One ring of arching leaves: r reach, w half width, rise how steeply they start.
void leaves(vec3 p, float count, float r, float w, float rise, float phase) {
    float sector = 6.2832 / count, a = atan(p.x, p.z) + phase;
    float id = floor(a / sector + .5);
    a -= id * sector;
    float reach = r * (.8 + .35 * hash(id + phase));
    vec2 q = length(p.xz) * vec2(cos(a), sin(a));          // along the leaf, across it
    float s = clamp(q.x / reach, 0., 1.);
    float spine = reach * (rise * s - (rise * .55 + .35) * s * s * (.8 + .4 * hash(id + 3.)));
    float wide = w * pow(sin(PI * (s * .93 + .05)), .7);
    vec3 off = vec3(max(q.x - reach, 0.), p.y - spine - .35 * abs(q.y), max(abs(q.y) - wide, 0.));
    add((length(off) - .006) * .55, LEAF);
}

void plant(vec3 p, float h, float r) {
    WITHIN(p, vec3(0, h * .5 + .2, 0), vec3(r * 1.1, h * .5 + .45, r * 1.1)) {
        add(cone(p - vec3(0, .22, 0), .15, .21, .22), POT);
        vec3 q = p - vec3(0, .42, 0);
        leaves(q, 7., r, r * .17, h / r * 1.35, .3);
        leaves(q, 6., r * .75, r * .16, h / r * 2.4, 1.1);
        leaves(q, 5., r * .40, r * .13, h / r * 5., 2.2);
    }
}

// A palm: trunk of height h leaning by `lean` metres, fronds of length r.
void palm(vec3 p, float h, float lean, float r) {
    WITHIN(p, vec3(lean * .5, h * .5, 0), vec3(r + abs(lean), h * .5 + r, r)) {
        float s = clamp(p.y / h, 0., 1.);
        vec3 q = p - vec3(lean * s * s, 0, 0);
        float bark = .012 * abs(sin(p.y * 16.));
        add(max(length(q.xz) - mix(.17, .10, s) - bark, p.y - h) * .8, TRUNK);
        q = p - vec3(lean, h, 0);
        for (int k = zero; k < 3; k++) {
            float f = float(k), count = 9. - 2. * f, sector = 6.2832 / count;
            float a = atan(q.x, q.z) + f * 1.3, id = floor(a / sector + .5);
            a -= id * sector;
            float reach = r * (.85 + .3 * hash(id + f * 5.));
            vec2 u = length(q.xz) * vec2(cos(a), sin(a));
            float t = clamp(u.x / reach, 0., 1.);
            float rise = .35 + .55 * f, spine = reach * (rise * t - (rise + .55 - .25 * f) * t * t);
            float wide = r * .20 * pow(sin(PI * (t * .92 + .06)), .6);
            float droop = .75 * abs(u.y);
            float d = length(vec3(max(u.x - reach, 0.), q.y - spine + droop,
                max(abs(u.y) - wide, 0.)));
            float slit = .022 - abs(fract((u.x + abs(u.y) * .9) * 10.) - .5) * .10;
            add(max(d - .012, min(slit, .02)) * .5, LEAF);
        }
    }
}

void candle(vec3 p, float h) {
    WITHIN(p, vec3(0, h * .5 + .03, 0), vec3(.05, h * .5 + .07, .05)) {
        add(disc(p - vec3(0, h * .5, 0), .038, h * .5, .008), PAPER);
        vec3 q = p - vec3(0, h + .035, 0);
        if (!casting) add((length(q * vec3(1, .42, 1)) - .012) * .7, FLAME);
    }
}

// Wine bucket with a bottle, and two flutes, on a tray.
void champagne(vec3 p) {
    WITHIN(p, vec3(0, .24, 0), vec3(.36, .27, .2)) {
        add(disc(p - vec3(0, .008, 0), .30, .008, .004), BRASS);
        vec3 q = p - vec3(-.10, 0, 0);
        add(max(cone(q - vec3(0, .12, 0), .085, .115, .11),
            -cone(q - vec3(0, .16, 0), .08, .1, .1)), BRASS);
        q = q - vec3(.02, .16, 0);
        q.xy *= turn(-.28);
        float neck = mix(.047, .017, smoothstep(.10, .19, q.y));
        add((max(length(q.xz) - neck, abs(q.y - .1) - .22) - .004) * .8, BOTTLE);
        for (int i = zero; i < 2; i++) {
            q = p - vec3(.08 + .10 * float(i), .016, -.05 + .07 * float(i));
            float bowl = .028 * smoothstep(.07, .15, q.y) + .004;
            float foot = disc(q - vec3(0, .002, 0), .03, .003, .001);
            add(min(max(length(q.xz) - bowl, abs(q.y - .125) - .125) * .8, foot), GLASS);
        }
    }
}

void towels(vec3 p) {
    WITHIN(p, vec3(0, .12, 0), vec3(.24, .14, .16)) {
        for (int i = zero; i < 3; i++) {
            vec3 q = p - vec3(.01 * float(i), .04 + .075 * float(i), 0);
            add((box(q, vec3(.20 - .01 * float(i), .036, .13), .034) - .004 * noise(q * 30.)) * .8,
                TOWEL);
        }
    }
}
