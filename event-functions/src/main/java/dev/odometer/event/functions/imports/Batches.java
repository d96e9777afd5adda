package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.ArrayElements;
import dev.odometer.event.functions.imports.format.Compression;
import dev.odometer.event.functions.imports.format.CsvRows;
import dev.odometer.event.functions.imports.format.FileKind;
import dev.odometer.event.functions.imports.format.Lines;
import dev.odometer.event.functions.imports.format.Profile;
import dev.odometer.event.functions.imports.format.RawRecord;
import dev.odometer.event.functions.imports.format.RecordSplitter;
import dev.odometer.event.functions.imports.format.TextEncoding;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** One version of a file, from the position of an import on, as batches of events. Not thread-safe. */
final class Batches implements AutoCloseable {

    /** The maximum number of records per transaction. */
    private static final int MAX_RECORDS = 1000;
    /** Ends a batch early where lines are long, so that memory stays bounded. */
    private static final int MAX_BATCH_BYTES = 1 << 21;
    /** The length of the excerpt that is kept of a rejected line. */
    private static final int MAX_TEXT_BYTES = 1000;

    private final ImportSource source;
    private OpenFile file;
    private final Function<RawRecord, UsageEvent> reader;
    private final RecordSplitter splitter;
    private long line;
    private char separator;

    /** Opens the file at the position of the import. */
    @SuppressWarnings("NullAway.Init") // line is assigned by rows() and seek(), which NullAway does not follow
    Batches(ImportSource source, FileKind named, FileVersion version, Progress at) {
        this.source = source;
        file = OpenFile.of(source.store(), version, named, source.settings());
        FileKind kind = file.kind();
        if (kind.format() == FileKind.Format.CSV) {
            Profile profile = source.settings().profile(version.name());
            file.decode(profile.encoding());
            kind.checkContent(file.bytes());
            reader = rows(profile, version);
            seek(at, version, profile.encoding());
            splitter = Lines.csv(file.bytes(), line, maxBytes(), separator);
        } else {
            kind.checkContent(file.bytes());
            reader = record -> source.documents().event(record.bytes(), UsageEvent.class);
            seek(at, version, TextEncoding.UTF_8);
            splitter = kind.format() == FileKind.Format.ARRAY
                    ? new ArrayElements(file.bytes(), line, maxBytes())
                    : Lines.plain(file.bytes(), line, maxBytes());
        }
    }

    private int maxBytes() {
        return source.settings().maxRecordBytes();
    }

    private Function<RawRecord, UsageEvent> rows(Profile profile, FileVersion version) {
        separator = profile.separator();
        RawRecord header = Lines.csv(file.bytes(), 0, maxBytes(), separator).next();
        Optional<Character> named = header == null ? Optional.empty() : CsvRows.namedSeparator(header);
        if (header != null && named.isPresent()) {
            separator = named.get();
            header = Lines.csv(file.bytes(), header.lastLine(), maxBytes(), separator)
                    .next();
        }
        if (header == null) {
            // An empty file has no records, so this is never called.
            return record -> {
                throw new IllegalStateException("a record without a header");
            };
        }
        line = header.lastLine();
        if (header.problem() != null) {
            throw Refusal.invalid("the header cannot be read: " + header.problem());
        }
        return new CsvRows(profile, version.name(), header, separator)::event;
    }

    private void seek(Progress at, FileVersion version, TextEncoding encoding) {
        if (at.position() <= file.bytes().position()) {
            return;
        }
        line = at.line();
        // Positions count bytes of the decompressed text in UTF-8.
        if (file.kind().compression() == Compression.NONE && encoding == TextEncoding.UTF_8) {
            file.close();
            file = OpenFile.plain(source.store(), version, file.kind(), at.position());
        } else if (!file.bytes().skipTo(at.position())) {
            throw Refusal.invalid("the file ends before the position to resume at, byte " + at.position());
        }
    }

    /** The next records. The last batch is marked and may be empty. */
    Batch next() {
        Instant now = source.clock().instant();
        var events = new ArrayList<UsageEvent>();
        var rejected = new ArrayList<RejectedLine>();
        long limit = file.bytes().position() + MAX_BATCH_BYTES;
        boolean isLast = false;
        while (events.size() + rejected.size() < MAX_RECORDS && file.bytes().position() < limit) {
            RawRecord record = splitter.next();
            if (record == null) {
                isLast = true;
                break;
            }
            line = record.lastLine();
            try {
                events.add(event(record).receivedAt(now));
            } catch (Refusal refusal) {
                rejected.add(new RejectedLine(record.line(), refusal.detail(), excerpt(record.bytes())));
            }
        }
        return new Batch(events, rejected, file.bytes().position(), line, file.read(), isLast);
    }

    private UsageEvent event(RawRecord record) {
        if (record.problem() != null) {
            throw Refusal.invalid(record.problem());
        }
        return reader.apply(record);
    }

    private static String excerpt(byte[] bytes) {
        return new String(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_TEXT_BYTES)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        file.close();
    }
}
