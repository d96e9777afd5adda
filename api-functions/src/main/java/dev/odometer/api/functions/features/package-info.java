/**
 * Features, to which customers are entitled. A feature is immutable; archiving it frees its key and leaves its
 * entitlements unchanged. A repeated create is a conflict.
 */
@NullMarked
package dev.odometer.api.functions.features;

import org.jspecify.annotations.NullMarked;
