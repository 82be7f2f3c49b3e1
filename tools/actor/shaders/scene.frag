#version 330
// Colours: the person by what each vertex is (tools/actor/figure.py), the room by what each surface is.
const int PERSON = 0, FLOOR = 1, WALL = 2, POLE = 3, FURNITURE = 4;
uniform int what;
uniform vec3 plain;         // of pole and furniture
uniform vec3 eye;
uniform vec3 light;
uniform float sun_power;
uniform float ambient;
uniform float gain;
uniform float room_lit;     // the room is drawn all in light or all in shade; shadows are laid over it afterwards
uniform sampler2DShadow shadow;
uniform sampler2D boards;
uniform sampler2D grain;
uniform vec3 shirt;
uniform vec3 trousers;
uniform vec3 shoes;
uniform vec3 skin;
uniform vec3 hair;
uniform vec3 wall;
uniform vec3 floor_colour;
uniform float sleeve;
uniform float leg_end;
uniform float waist;
uniform vec3 head;
uniform vec3 eye_left;
uniform vec3 mouth;
uniform float hair_low;
in vec3 at;
in vec3 facing;
in vec3 at_rest;
in vec4 what_kind;
in vec4 in_light;
out vec4 colour;

const float BARE_SHINE = 0.06;

vec4 head_paint() {
    vec3 h = at_rest - head;
    bool sides = h.y > -0.022 && h.z > 0.035 + 0.5 * max(0.0, 0.01 - h.y);
    if (h.z > 0.088 || sides || (h.y > -0.005 && h.z > hair_low)) {
        float strand = texture(grain, at_rest.xz * vec2(9.0, 2.0)).r - 0.5;
        return vec4(hair * (0.9 + 0.35 * strand), 0.05);
    }
    vec3 c = skin;
    vec3 e = vec3(abs(at_rest.x), at_rest.yz) - eye_left;
    float from_eye = length(e.xz * vec2(1.0, 1.7));
    if (h.y < -0.03) {
        if (from_eye < 0.012) c = from_eye < 0.0062 ? vec3(0.12, 0.09, 0.07) : vec3(0.85);
        if (abs(e.z - 0.022 + 0.18 * abs(e.x)) < 0.0045 && abs(e.x) < 0.021) c = hair * 0.8;
        if (abs(at_rest.z - mouth.z) < 0.007 && abs(at_rest.x) < 0.022 && h.y < -0.06)
            c = mix(skin, vec3(0.62, 0.27, 0.25), 0.55);
    }
    return vec4(c, BARE_SHINE);
}

// Colour and shine.
vec4 person_paint() {
    float arm = what_kind.x, leg = what_kind.y, neck = what_kind.z, shoe = what_kind.w;
    float fold = texture(grain, at_rest.xz * 2.3).r - 0.5;
    if (shoe > 0.45) return vec4(at_rest.z < 0.018 ? shoes * 0.6 : shoes, 0.0);
    if (arm > -0.5) {
        float hem = abs(arm - sleeve) < 0.02 ? 0.8 : 1.0;
        return arm < sleeve ? vec4(shirt * (1.0 + 0.16 * fold) * hem, 0.0) : vec4(skin * hem, BARE_SHINE);
    }
    if (neck > 0.5) return head_paint();
    if (at_rest.z < waist) {
        float belt = abs(at_rest.z - waist) < 0.012 && leg < 0.0 ? 0.8 : 1.0;
        return vec4((leg > leg_end ? skin : trousers * (1.0 + 0.14 * fold)) * belt, 0.0);
    }
    return vec4(neck > 0.22 ? skin : shirt * (1.0 + 0.16 * fold), 0.0);
}

vec4 wall_paint() {
    if (at.z < 0.09) return vec4(mix(wall, vec3(0.95), 0.6) * (at.z > 0.083 ? 0.85 : 1.0), 0.0);
    return vec4(wall * (0.97 + 0.06 * texture(grain, at.xz * 0.8 + at.y).r), 0.0);
}

float lit() {
    if (what == FLOOR || what == WALL || what == FURNITURE) return room_lit;
    vec3 p = in_light.xyz / in_light.w * 0.5 + 0.5;
    if (any(lessThan(p.xy, vec2(0.0))) || any(greaterThan(p.xy, vec2(1.0)))) return 1.0;
    return texture(shadow, vec3(p.xy, p.z - 0.0015));
}

void main() {
    vec4 paint;
    if (what == PERSON) paint = person_paint();
    else if (what == FLOOR) paint = vec4(floor_colour * texture(boards, at.xy * 0.45).rgb, 0.0);
    else if (what == WALL) paint = wall_paint();
    else paint = vec4(plain * (0.96 + 0.08 * texture(grain, at.xz * 1.7 + at.y).r), 0.04);
    vec3 c = pow(paint.rgb, vec3(2.2));
    vec3 n = normalize(facing);
    vec3 v = normalize(eye - at);
    float in_sun = lit();
    vec3 shade = vec3(ambient) * (0.75 + 0.25 * n.z)
        + sun_power * max(dot(n, light), 0.0) * mix(0.12, 1.0, in_sun) * vec3(1.03, 1.0, 0.95)
        + 0.12 * max(dot(n, v), 0.0);
    float gloss = pow(max(dot(normalize(light + v), n), 0.0), 24.0) * in_sun;
    colour = vec4(pow(clamp((c * shade + paint.a * gloss) * gain, 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}
