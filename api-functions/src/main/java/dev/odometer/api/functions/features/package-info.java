/**
 * The features: what customers are entitled to. A feature never changes; it is archived, which frees its key and leaves
 * the entitlements to it as they are. A repeat of a create is a conflict.
 */
@NullMarked
package dev.odometer.api.functions.features;

import org.jspecify.annotations.NullMarked;
