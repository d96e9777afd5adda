package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.UsageImport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes the rejected lines of an import and their reasons to a file next to the imported one. */
final class RejectedFile {

    private static final int PAGE = 1000;
    private static final String TYPE = "application/x-ndjson";

    private final FileStore store;
    private final Imports imports;
    private final Documents documents;

    RejectedFile(FileStore store, Imports imports, Documents documents) {
        this.store = store;
        this.imports = imports;
        this.documents = documents;
    }

    void write(UsageImport usageImport) {
        store.write(
                usageImport.file().name().with(FileName.REJECTED_SUFFIX), TYPE, out -> lines(usageImport.id(), out));
    }

    private void lines(String id, OutputStream stream) throws IOException {
        var out = new BufferedOutputStream(stream, 1 << 16);
        List<RejectedLine> page = imports.rejected(id, 0, PAGE);
        while (!page.isEmpty()) {
            for (RejectedLine line : page) {
                out.write(documents.write(line));
                out.write('\n');
            }
            page = imports.rejected(id, page.get(page.size() - 1).line(), PAGE);
        }
        out.flush();
    }
}
