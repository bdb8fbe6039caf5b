#version 300 es
precision highp float;
precision highp int;

// Metres; x to the right, y up, z away from the viewer. Every scene is a signed distance field.

uniform vec2 size;        // of the picture, in pixels
uniform int zero;         // always 0: keeps compilers from unrolling loops around map()
uniform int refining;     // 0: draft, one ray a pixel; 1: more rays where the draft has edges
uniform sampler2D draft;
out vec4 paint;

const float PI = 3.14159265, FILL = 99.;

struct Light {
    vec3 a, b;      // ends of a tube; equal for a bulb
    vec3 colour;    // linear, times power
    float spread;   // radius of the source: softens its shadows, FILL casts none
};

struct Surface {
    vec3 albedo;
    vec3 glow;      // light of its own
    float gloss;    // 0 matt .. 1 mirror at grazing angles
    float mirror;   // reflectance seen head on
    float rough;    // blur of what it mirrors
    float sheen;    // velvet's bright edges
};

// What a scene provides.
float map(vec3 p);
Surface surface(int m, vec3 p, inout vec3 n);
vec3 ambient(vec3 p, vec3 n);
vec3 sky(vec3 d);
vec3 veil(vec3 c, vec3 o, vec3 d, float t);

vec3 haze(vec3 o, vec3 d, float t);    // the tracer's, for veil()

// map() keeps the nearest distance and its material here.
float D;
int M;
bool casting = false;     // true while a shadow is traced: lamps do not block their own light
bool shadows = true;      // false in weak reflections, where nobody misses them
float margin = .08;       // how near a prop must be to be looked at in detail

void add(float d, int m) {
    if (d < D) { D = d; M = m; }
}

Surface matt(vec3 albedo) { return Surface(albedo, vec3(0), 0., 0., 0., 0.); }
Surface lit(vec3 glow) { return Surface(vec3(0), glow, 0., 0., 0., 0.); }
Surface velvet(vec3 albedo) { return Surface(albedo, vec3(0), 0., 0., 0., 1.); }
Surface glossy(vec3 albedo, float mirror, float rough) {
    return Surface(albedo, vec3(0), 1., mirror, rough, 0.);
}
