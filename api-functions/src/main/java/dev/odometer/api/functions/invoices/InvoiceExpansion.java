package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.views.InvoiceView.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of an invoice that a response shows only if the parameter {@code expand} requests it. */
enum InvoiceExpansion {
    LINES,
    PRECEDING,
    /** Always shown. */
    WORKFLOW_APPS;

    private static final int MAX_VALUES = 10;
    private static final Map<String, InvoiceExpansion> BY_NAME =
            Map.of("lines", LINES, "preceding", PRECEDING, "workflow.apps", WORKFLOW_APPS);

    /** The requested parts. */
    static Shown shown(@Nullable List<@Nullable String> expand, boolean deletedLines, Instant now) {
        Set<InvoiceExpansion> parts = Bounds.texts("expand", expand, MAX_VALUES).stream()
                .map(part -> Bounds.choice("expand", part, BY_NAME))
                .collect(Collectors.toSet());
        return new Shown(now, parts.contains(LINES), deletedLines, parts.contains(PRECEDING));
    }
}
