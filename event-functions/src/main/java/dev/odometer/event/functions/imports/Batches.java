package dev.odometer.event.functions.imports;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Function;

/** One version of a file, from some place on, as batches of events. For one thread. */
final class Batches implements AutoCloseable {

    /** In a transaction. */
    private static final int MAX_PIECES = 1000;
    /** What bounds memory where lines are long. */
    private static final int MAX_BYTES = 1 << 21;
    /** Of a rejected line. */
    private static final int MAX_TEXT_BYTES = 1000;

    private final ImportSource source;
    private OpenFile file;
    private final Function<RawRecord, UsageEvent> reader;
    private final RecordSplitter pieces;
    private long line;

    /**
     * Opens the file where the import is.
     *
     * @throws Refusal when this version of the file cannot be read
     */
    @SuppressWarnings("NullAway.Init") // the header's line is behind the file's start
    Batches(ImportSource source, FileKind kind, FileVersion version, Progress at) {
        this.source = source;
        file = OpenFile.of(source.store(), version, kind, source.settings());
        kind.checkContent(file.bytes());
        if (kind.format() == FileKind.Format.CSV) {
            Profile profile = source.settings().profile(version.name());
            reader = rows(profile, version);
            goTo(at, kind, version);
            pieces = Lines.csv(file.bytes(), line, longest(), profile.separator());
        } else {
            reader = piece -> source.documents().event(piece.bytes(), UsageEvent.class);
            goTo(at, kind, version);
            pieces = kind.format() == FileKind.Format.ARRAY
                    ? new ArrayElements(file.bytes(), line, longest())
                    : Lines.plain(file.bytes(), line, longest());
        }
    }

    private int longest() {
        return source.settings().longestLine();
    }

    private Function<RawRecord, UsageEvent> rows(Profile profile, FileVersion version) {
        RawRecord header =
                Lines.csv(file.bytes(), 0, longest(), profile.separator()).next();
        if (header == null) {
            return piece -> {
                throw new IllegalStateException("there is nothing where there is no header");
            };
        }
        line = header.lastLine();
        if (header.problem() != null) {
            throw Refusal.invalid("the header cannot be read: " + header.problem());
        }
        return new CsvRows(profile, version.name(), header)::event;
    }

    private void goTo(Progress at, FileKind kind, FileVersion version) {
        if (at.position() <= file.bytes().position()) {
            return;
        }
        line = at.line();
        if (kind.packing() == Compression.NONE) {
            file.close();
            file = OpenFile.plain(source.store(), version, at.position());
        } else if (!file.bytes().skipTo(at.position())) {
            throw Refusal.invalid("the file ends before the place to go on at, byte " + at.position());
        }
    }

    /** The next pieces; the last batch, which may be empty, says so. */
    Batch next() {
        Instant now = source.clock().instant();
        var events = new ArrayList<UsageEvent>();
        var rejected = new ArrayList<RejectedLine>();
        long most = file.bytes().position() + MAX_BYTES;
        boolean isLast = false;
        while (events.size() + rejected.size() < MAX_PIECES && file.bytes().position() < most) {
            RawRecord piece = pieces.next();
            if (piece == null) {
                isLast = true;
                break;
            }
            line = piece.lastLine();
            try {
                events.add(event(piece).receivedAt(now));
            } catch (Refusal no) {
                rejected.add(new RejectedLine(piece.line(), no.sentence(), start(piece.bytes())));
            }
        }
        return new Batch(events, rejected, file.bytes().position(), line, file.read(), isLast);
    }

    private UsageEvent event(RawRecord piece) {
        if (piece.problem() != null) {
            throw Refusal.invalid(piece.problem());
        }
        return reader.apply(piece);
    }

    private static String start(byte[] bytes) {
        return new String(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_TEXT_BYTES)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        file.close();
    }
}
