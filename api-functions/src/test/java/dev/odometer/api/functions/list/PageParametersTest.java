package dev.odometer.api.functions.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.resource.PageRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageParametersTest {

    @Test
    void readsNumberAndSize() {
        assertThat(PageParameters.numbered(null)).isEqualTo(new PageRequest(1, 20));
        assertThat(PageParameters.numbered(Map.of("number", "3", "size", "1000")))
                .isEqualTo(new PageRequest(3, 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "size, 0, page[size] must be 1 to 1000: 0",
        "size, 1001, page[size] must be 1 to 1000: 1001",
        "number, -1, page[number] must be 1 to 2147483647: -1",
        "number, 1.0, page[number] must be a whole number: 1.0",
        "number, 9999999999, page[number] must be a whole number: 9999999999",
        "size, '', page[size] must be a whole number: ''",
        "before, x, unknown parameter: page[before]",
    })
    void refusesOthers(String name, String value, String message) {
        assertThatThrownBy(() -> PageParameters.numbered(Map.of(name, value))).hasMessage(message.replace("''", ""));
    }

    @Test
    void aCursorPageHasAtMost100Items() {
        assertThat(PageParameters.of(Map.of("size", "100", "after", "x"), "size", "after")
                        .size())
                .isEqualTo(100);
        assertThatThrownBy(
                        () -> PageParameters.of(Map.of("size", "101"), "size").size())
                .hasMessage("page[size] must be 1 to 100: 101");
    }

    @Test
    void readsAFieldAndADirection() {
        Map<String, Integer> fields = Map.of("key", 1, "name", 2);

        assertThat(Sort.parse(null, fields, "key")).isEqualTo(new Sort<>(1, false));
        assertThat(Sort.parse("name", fields, "key")).isEqualTo(new Sort<>(2, false));
        assertThat(Sort.parse("name asc", fields, "key")).isEqualTo(new Sort<>(2, false));
        assertThat(Sort.parse("name desc", fields, "key")).isEqualTo(new Sort<>(2, true));
    }

    @ParameterizedTest
    @CsvSource({
        "size, 'sort must be one of key, name: size'",
        "key down, 'sort must be one of asc, desc: down'",
        "key desc desc, sort must be a field and a direction: key desc desc",
        "'', 'sort must be one of key, name: '",
    })
    void refusesOtherOrders(String sort, String message) {
        assertThatThrownBy(() -> Sort.parse(sort, Map.of("key", 1, "name", 2), "key"))
                .hasMessage(message);
    }
}
