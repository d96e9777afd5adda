/**
 * Plans in PostgreSQL. Changes to the versions of one plan are serialized by a lock of its key; unique indexes hold one
 * draft and one active version, and a trigger refuses a change of a published version.
 */
@NullMarked
package dev.odometer.postgres.pricing;

import org.jspecify.annotations.NullMarked;
