package dev.odometer.api.functions.exports;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.export.Exports;
import java.util.function.Function;

/** Returns an export with its progress. */
public final class GetExport implements Function<GetExport.Input, ExportView> {

    private final Exports exports;

    public GetExport(Exports exports) {
        this.exports = exports;
    }

    /** The export. */
    public record Input(String exportId) {}

    @Override
    public ExportView apply(Input input) {
        return exports.find(input.exportId)
                .map(ExportView::of)
                .orElseThrow(() -> Refusal.notFound("export not found: " + Refusal.quote(input.exportId)));
    }
}
