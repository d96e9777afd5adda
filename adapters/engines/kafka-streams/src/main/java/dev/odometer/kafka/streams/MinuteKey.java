package dev.odometer.kafka.streams;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The key of what is aggregated: a series and minute, or one text of them.
 *
 * @param series a {@link SeriesKey}
 * @param minute the second at which the minute begins
 * @param text the digest of a text; absent for a total
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record MinuteKey(byte[] series, long minute, byte @Nullable [] text) {

    Bytes bytes() {
        return Bytes.wrap(new Binary.Writer()
                .sized(series)
                .large(minute)
                .sized(text == null ? new byte[0] : text)
                .bytes());
    }

    static MinuteKey of(Bytes bytes) {
        var reader = new Binary.Reader(bytes.get());
        byte[] series = reader.sized();
        long minute = reader.large();
        byte[] text = reader.sized();
        return new MinuteKey(series, minute, text.length == 0 ? null : text);
    }
}
