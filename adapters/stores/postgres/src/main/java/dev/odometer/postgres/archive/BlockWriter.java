package dev.odometer.postgres.archive;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.postgres.event.StoredEvent;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes events as a sequence of zstd frames. Memory holds one frame. Not thread-safe. */
final class BlockWriter {

    /** A frame with larger events has fewer of them. */
    private static final int MAX_BLOCK_BYTES = 4 * 1024 * 1024;

    private static final int DIGEST_BYTES = 16;

    private final OutputStream out;
    private final int maxEvents;
    private final ZstdCompressor compressor = new ZstdCompressor();
    private final Sha256 sha256 = new Sha256();
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private final List<Block> blocks = new ArrayList<>();
    private int eventsOfBlock;
    private long events;
    private long written;
    private long unpacked;
    private @Nullable EventKey first;
    private @Nullable EventKey last;
    private long lowestPosition = Long.MAX_VALUE;

    /** @param maxEvents of a frame */
    BlockWriter(OutputStream out, int maxEvents) {
        this.out = out;
        this.maxEvents = maxEvents;
    }

    /** What was written. */
    record Written(long events, long bytes, long unpacked, String sha256, long lowestPosition, List<Block> blocks) {

        EventKey first() {
            return blocks.get(0).first();
        }

        EventKey last() {
            return blocks.get(blocks.size() - 1).last();
        }
    }

    /** Adds an event; the caller adds them in the order of their keys. */
    void add(StoredEvent event) throws IOException {
        block.writeBytes(EventLine.of(event));
        EventKey key = EventKey.of(event);
        first = first == null ? key : first;
        last = key;
        lowestPosition = Math.min(lowestPosition, key.position());
        events++;
        eventsOfBlock++;
        if (eventsOfBlock >= maxEvents || block.size() >= MAX_BLOCK_BYTES) {
            flush();
        }
    }

    /** As {@link #add}, for readers that throw no checked exceptions. */
    void addUnchecked(StoredEvent event) {
        try {
            add(event);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void flush() throws IOException {
        if (first == null || last == null) {
            return;
        }
        byte[] text = block.toByteArray();
        byte[] frame = new byte[compressor.maxCompressedLength(text.length)];
        int length = compressor.compress(text, 0, text.length, frame, 0, frame.length);
        byte[] bytes = Arrays.copyOf(frame, length);
        blocks.add(new Block(written, length, digest(bytes), first, last));
        sha256.add(bytes);
        out.write(bytes);
        written += length;
        unpacked += text.length;
        block.reset();
        eventsOfBlock = 0;
        first = null;
        last = null;
    }

    Written finish() throws IOException {
        flush();
        return new Written(
                events,
                written,
                unpacked,
                HexFormat.of().formatHex(sha256.bytes()),
                lowestPosition,
                List.copyOf(blocks));
    }

    /** The digest of a frame. */
    static byte[] digest(byte[] frame) {
        return Arrays.copyOf(new Sha256().add(frame).bytes(), DIGEST_BYTES);
    }
}
