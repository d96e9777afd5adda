package dev.odometer.files.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.files.http.Call;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SharedKeyTest {

    private static final SharedKey KEY =
            new SharedKey("account", "c2VjcmV0", InstantSource.fixed(Instant.parse("2026-11-01T02:03:04Z")));

    private static Call call() {
        return Call.of("PUT", URI.create("https://account.blob.core.windows.net/c/a%20b?comp=block&blockid=YQ%3D%3D"))
                .header("x-ms-version", "2021-08-06")
                .body(new byte[3], 3);
    }

    /** The expected signature was computed independently, by the reference of the REST API. */
    @Test
    void signsByTheSpecification() {
        Call signed = KEY.sign(call());

        assertThat(signed.headers())
                .containsEntry("x-ms-date", "Sun, 01 Nov 2026 02:03:04 GMT")
                .containsEntry("Authorization", "SharedKey account:6eTQ7P9Ie9La8tQ8aJKTbBPKH41/d6Pludl96IhmCMM=");
    }

    @Test
    void signsEachPartOfACall() {
        String signature = KEY.sign(call()).headers().get("Authorization");

        assertThat(KEY.sign(call().header("If-Match", "\"1\"")).headers().get("Authorization"))
                .isNotEqualTo(signature);
        assertThat(KEY.sign(call().body(new byte[4], 4)).headers().get("Authorization"))
                .isNotEqualTo(signature);
        assertThat(KEY.sign(call().header("x-ms-blob-type", "BlockBlob"))
                        .headers()
                        .get("Authorization"))
                .isNotEqualTo(signature);
    }

    @Test
    void omitsTheKeyFromItsText() {
        assertThat(KEY).hasToString("the key of account");
    }
}
