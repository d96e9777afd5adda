/**
 * Portal tokens. Only a digest of a token is stored, so that the table does not give access. A token ends at its time,
 * or earlier when it is invalidated.
 */
@NullMarked
package dev.odometer.postgres.portal;

import org.jspecify.annotations.NullMarked;
