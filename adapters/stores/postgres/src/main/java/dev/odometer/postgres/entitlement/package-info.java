/**
 * Features, entitlements, grants and resets. No balance is stored: it is computed from grants and usage, for any time
 * (ADR 11). A change of an entitlement, its grants or its resets locks the entitlement's row. Reading a status takes
 * two statements in one short read: one for grants and resets, one for usage.
 */
@NullMarked
package dev.odometer.postgres.entitlement;

import org.jspecify.annotations.NullMarked;
