/**
 * Portal tokens. Only the digest of a token is stored, so that read access to the table does not grant access. A token
 * is valid until it expires or is invalidated.
 */
@NullMarked
package dev.odometer.postgres.portal;

import org.jspecify.annotations.NullMarked;
