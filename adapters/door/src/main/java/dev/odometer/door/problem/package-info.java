/**
 * How a "no" looks over HTTP: problem+json, the same members in the same order on every platform. A refusal keeps its
 * sentence, HTTP's own "no" has a status and at most one header, and a surprise says nothing but the request's id.
 */
@NullMarked
package dev.odometer.door.problem;

import org.jspecify.annotations.NullMarked;
