package dev.odometer.api.functions.exports;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.export.Exports;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists exports, latest first. */
public final class ListExports implements Function<ListExports.Input, List<ExportView>> {

    private final Exports exports;

    public ListExports(Exports exports) {
        this.exports = exports;
    }

    /**
     * The page.
     *
     * @param before the id of the last export of the previous page
     * @param limit 1 to 100; 100 when absent
     */
    public record Input(@Nullable String before, @Nullable Integer limit) {}

    @Override
    public List<ExportView> apply(Input input) {
        return exports.list(Bounds.text("before", input.before), Bounds.limit(input.limit)).stream()
                .map(ExportView::of)
                .toList();
    }
}
