package dev.odometer.kafka.streams;

import dev.odometer.metering.meter.Reading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event adds to a series, as it is sent to the task of the event's identity.
 *
 * @param series a {@link SeriesKey}
 * @param amount absent for a text
 * @param text the digest of a text that is counted once; absent for an amount
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Contribution(byte[] series, @Nullable BigDecimal amount, byte @Nullable [] text) {

    void write(Binary.Writer bytes) {
        bytes.sized(series).decimal(amount).sized(text == null ? new byte[0] : text);
    }

    static List<Contribution> read(Binary.Reader bytes) {
        int size = bytes.number();
        var contributions = new ArrayList<Contribution>(size);
        for (int i = 0; i < size; i++) {
            byte[] series = bytes.sized();
            BigDecimal amount = bytes.decimal();
            byte[] text = bytes.sized();
            contributions.add(new Contribution(series, amount, text.length == 0 ? null : text));
        }
        return contributions;
    }

    Reading reading() {
        // The text itself is not needed any more: only its digest is stored.
        return amount == null ? new Reading.Distinct("") : new Reading.Amount(amount);
    }
}
