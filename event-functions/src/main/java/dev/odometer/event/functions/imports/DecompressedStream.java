package dev.odometer.event.functions.imports;

import dev.odometer.functions.refusal.Refusal;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file's content without its packing. Bounds what a small file can become. */
final class DecompressedStream extends FilterInputStream {

    /** Below it the ratio does not matter: 64 MiB hurt nobody. */
    private static final long HARMLESS = 1 << 26;

    private final Compression packing;
    private final StoredBytes stored;
    private final ImportSettings settings;
    private long unpacked;

    DecompressedStream(Compression packing, InputStream packed, StoredBytes stored, ImportSettings settings)
            throws IOException {
        super(packing.unpack(packed));
        this.packing = packing;
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
            unpacked += Math.max(count, 0);
            check();
            return count;
        } catch (Refusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException broken) {
            // The library for zstd says it with exceptions of its own, and with those of arrays.
            throw Refusal.invalid("the file is not whole " + packing.word() + ": " + broken.getMessage());
        }
    }

    private void check() {
        if (unpacked > settings.mostUnpacked()) {
            throw Refusal.invalid("the file has more than " + settings.mostUnpacked() + " bytes when unpacked");
        }
        if (unpacked > HARMLESS && unpacked / settings.mostRatio() > stored.count()) {
            throw Refusal.invalid("the file becomes more than " + settings.mostRatio()
                    + " times as large when unpacked, like one that was made to do harm");
        }
    }
}
