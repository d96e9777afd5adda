package dev.odometer.door.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordMembersTest {

    private final Json json = new Json();

    record Profile(String name, boolean default_) {}

    @Test
    void aKeywordOfJavaIsTheNameOfAMember() {
        var profile = new Profile("Main", true);

        String written = new String(json.write(profile), StandardCharsets.UTF_8);

        assertThat(written).isEqualTo("{\"name\":\"Main\",\"default\":true}");
        assertThat(read(written)).isEqualTo(profile);
    }

    @Test
    void theNameOfTheComponentIsUnknown() {
        assertThatThrownBy(() -> read("{\"name\":\"Main\",\"default_\":true}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("default_");
    }

    private Object read(String text) {
        return json.reader(json.type(Profile.class), true).read(text.getBytes(StandardCharsets.UTF_8));
    }
}
