package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a profile that a response shows only if the parameter {@code expand} requests it. */
enum Expansion {
    APPS,
    CUSTOMER;

    private static final int MAX_VALUES = 10;

    /** Whether it is requested, where only this one can be. */
    boolean isIn(@Nullable List<@Nullable String> expand) {
        return parse(expand, Map.of(name().toLowerCase(java.util.Locale.ROOT), this))
                .contains(this);
    }

    /** Those that are requested. */
    static Set<Expansion> of(@Nullable List<@Nullable String> expand) {
        return parse(expand, Map.of("apps", APPS, "customer", CUSTOMER));
    }

    private static Set<Expansion> parse(@Nullable List<@Nullable String> expand, Map<String, Expansion> allowed) {
        return Bounds.texts("expand", expand, MAX_VALUES).stream()
                .map(part -> Bounds.choice("expand", part, allowed))
                .collect(Collectors.toSet());
    }
}
