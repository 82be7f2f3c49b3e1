#version 330
// Everything that is drawn: a place in the room, and the same place as the light sees it.
uniform mat4 camera;
uniform mat4 sun;
in vec3 place;
in vec3 normal;
in vec3 rest;
in vec4 kind;
out vec3 at;
out vec3 facing;
out vec3 at_rest;
out vec4 what_kind;
out vec4 in_light;

void main() {
    at = place;
    facing = normal;
    at_rest = rest;
    what_kind = kind;
    in_light = sun * vec4(place, 1.0);
    gl_Position = camera * vec4(place, 1.0);
}
