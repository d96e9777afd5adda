/**
 * Entitlements: created, listed, read, overridden, deleted and reset, addressed by the customer or by one of its subjects. A
 * customer has at most one live entitlement to a feature, so a repeated create is a conflict that names the existing
 * one. Resets are idempotent per minute.
 */
@NullMarked
package dev.odometer.api.functions.entitlements;

import org.jspecify.annotations.NullMarked;
