/**
 * HTTP errors as problem+json, with the same members in the same order on every platform. A refusal keeps its sentence,
 * a rejection has a status and at most one header, and an unexpected error discloses only the request id.
 */
@NullMarked
package dev.odometer.door.problem;

import org.jspecify.annotations.NullMarked;
