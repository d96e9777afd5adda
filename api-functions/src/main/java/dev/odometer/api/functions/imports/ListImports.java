package dev.odometer.api.functions.imports;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.imports.ImportSearch;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists imports with pagination, newest first. */
public final class ListImports implements Function<ListImports.Input, Page<ImportView>> {

    private static final Map<String, Status> STATUSES =
            Map.of("running", Status.RUNNING, "done", Status.DONE, "failed", Status.FAILED);

    private final Imports imports;

    public ListImports(Imports imports) {
        this.imports = imports;
    }

    /**
     * The filter and the page.
     *
     * @param page from 1
     * @param pageSize 1 to 1,000; 100 when absent
     * @param status running, done or failed; all when absent
     */
    public record Input(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable String status) {}

    @Override
    public Page<ImportView> apply(Input input) {
        Status status = input.status == null ? null : Bounds.choice("status", input.status, STATUSES);
        return imports.list(new ImportSearch(status, PageRequest.of(input.page, input.pageSize)))
                .map(ImportView::of);
    }
}
