/**
 * Expected errors, a closed list of kinds. A refusal is part of a function's contract: it names the offending value and
 * its place, has no stack trace, and is translated in one place per kind of channel. Any other exception is unexpected
 * and makes the platform retry.
 */
@NullMarked
package dev.odometer.functions.refusal;

import org.jspecify.annotations.NullMarked;
