package dev.odometer.views;

import org.jspecify.annotations.Nullable;

/** A tax id in the API. */
public record TaxId(@Nullable String code) {

    public static @Nullable TaxId of(@Nullable String code) {
        return code == null ? null : new TaxId(code);
    }
}
