package dev.odometer.event.functions.imports;

import dev.odometer.event.functions.imports.format.Compression;
import dev.odometer.event.functions.imports.format.StoredBytes;
import dev.odometer.functions.refusal.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file's decompressed content. Limits its size and its ratio to the compressed size against decompression bombs. */
final class DecompressedStream extends FilterInputStream {

    /** The ratio is checked only above this size: 64 MiB are harmless. */
    private static final long RATIO_CHECK_BYTES = 1 << 26;

    private final Compression compression;
    private final StoredBytes stored;
    private final ImportSettings settings;
    private long decompressed;

    /** @param content decompresses {@code stored} */
    DecompressedStream(Compression compression, InputStream content, StoredBytes stored, ImportSettings settings) {
        super(content);
        this.compression = compression;
        this.stored = stored;
        this.settings = settings;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        try {
            int count = super.read(into, from, length);
            decompressed += Math.max(count, 0);
            check();
            return count;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException broken) {
            // The zstd library throws runtime exceptions for malformed input, including index errors.
            throw Refusal.invalid("the file is not valid " + compression.label() + ": " + broken.getMessage());
        }
    }

    private void check() {
        if (decompressed > settings.maxDecompressedBytes()) {
            throw Refusal.invalid(
                    "the file has more than " + settings.maxDecompressedBytes() + " bytes when decompressed");
        }
        if (decompressed > RATIO_CHECK_BYTES && decompressed / settings.maxCompressionRatio() > stored.count()) {
            throw Refusal.invalid("the file expands to more than " + settings.maxCompressionRatio()
                    + " times its size when decompressed, like a decompression bomb");
        }
    }
}
