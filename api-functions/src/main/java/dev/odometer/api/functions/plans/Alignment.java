package dev.odometer.api.functions.plans;

import org.jspecify.annotations.Nullable;

/**
 * The deprecated alignment of a plan in requests. It is accepted and has no effect: rate cards must always be aligned
 * with the billing cadence of the plan.
 */
public record Alignment(@Nullable Boolean billablesMustAlign) {}
