// Neon capitals one unit high, centred; distances to their strokes.

float letter_l(vec2 p) {
    return min(line(p, vec2(-.28, .5), vec2(-.28, -.5)), line(p, vec2(-.28, -.5), vec2(.30, -.5)));
}

float letter_u(vec2 p) {
    p.x = abs(p.x);
    return p.y > -.18 ? line(p, vec2(.32, .5), vec2(.32, -.18))
        : abs(length(p + vec2(0, .18)) - .32);
}

float letter_a(vec2 p) {
    p.x = abs(p.x);
    return min(line(p, vec2(0, .5), vec2(.36, -.5)), line(p, vec2(0, -.16), vec2(.23, -.16)));
}

float letter_o(vec2 p) { return abs(box(p, vec2(.34, .5) - .33) - .33); }

float letter_s(vec2 p) {
    if (p.y < 0.) p = -p;
    if (p.x > 0. && p.y < .25) return min(length(p - vec2(.25, .25)), length(p));
    return abs(length(p - vec2(0, .25)) - .25);
}

float word_lua(vec2 p) {
    float a = letter_a(p - vec2(1.05, 0));
    return min(min(letter_l(p + vec2(1., 0)), letter_u(p)), a);
}

float word_sol(vec2 p) {
    float l = letter_l(p - vec2(1., 0));
    return min(min(letter_s(p + vec2(.95, 0)), letter_o(p)), l);
}

// A glass tube bent along a stroke at distance `stroke`, `z` away from its plane.
float neon(float stroke, float z, float r) { return length(vec2(stroke, z)) - r; }
