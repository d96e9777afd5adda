package dev.odometer.functions.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

    /** The example of FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void digestsTheConcatenationOfParts() {
        assertThat(new Sha256().add("a").add(new byte[] {'b', 'c'}).hex()).isEqualTo(ABC);
        assertThat(new Sha256().add("abc").bytes()).isEqualTo(HexFormat.of().parseHex(ABC));
    }

    @Test
    void resetsAfterReading() {
        var sha256 = new Sha256().add("before");
        sha256.bytes();

        assertThat(sha256.add("abc").hex()).isEqualTo(ABC);
    }
}
