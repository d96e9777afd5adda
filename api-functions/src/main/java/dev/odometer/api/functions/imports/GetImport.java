package dev.odometer.api.functions.imports;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.resource.Ulid;
import java.util.Locale;
import java.util.function.Function;

/** Returns an import with its progress. */
public final class GetImport implements Function<GetImport.Input, ImportView> {

    private final Imports imports;

    public GetImport(Imports imports) {
        this.imports = imports;
    }

    /** The import. */
    public record Input(String importId) {}

    @Override
    public ImportView apply(Input input) {
        if (!Ulid.looksLike(input.importId)) {
            throw Refusal.invalid("importId must be a ULID: " + Refusal.quote(input.importId));
        }
        return imports.find(input.importId.toUpperCase(Locale.ROOT))
                .map(ImportView::of)
                .orElseThrow(() -> Refusal.notFound("import not found: " + input.importId));
    }
}
