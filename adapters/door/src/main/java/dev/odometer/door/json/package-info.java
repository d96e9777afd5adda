/**
 * JSON at the edge, configured once. What is read becomes records through their constructors, so their rules hold; what
 * is wrong becomes one sentence with the place, never a stack trace or the name of a class. Numbers keep every digit
 * both ways. A key twice, another encoding, or a value of another kind is refused rather than guessed at.
 */
@NullMarked
package dev.odometer.door.json;

import org.jspecify.annotations.NullMarked;
