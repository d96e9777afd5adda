package dev.odometer.door.http;

import static dev.odometer.door.Doors.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?size=x|{}|size|is_integer|query|size must be a whole number of 64 bits: x",
                "?what=1|{}|what|unknown_property|query|unknown parameter: what",
                "|{'what':1}|what|unknown_property|body|unknown field: what",
                "|{'id':5}|id|is_string|body|id must be a string: 5",
                "|{'weight':'x'}|weight|is_number|body|weight must be a number: x",
                "|{'active':1}|active|is_boolean|body|active must be true or false: 1",
                "|{'color':'Red'}|color|enum|body|color must be one of RED, GREEN: Red",
                "|{'made':0}|made|is_date_time|body|made must be an RFC 3339 time: 0",
                "|{'extra':[]}|extra|is_object|body|extra must be an object, not an array",
                "|{'tags':[null]}|tags[0]|required|body|tags[0] must not be null",
                "|{'parts':['x']}|parts[0]|is_object|body|parts[0] must be an object: x",
                "|{'parts':[{'size':1}]}|parts[0].name|min_length|body|parts[0].name must not be empty",
                "|[]|body|invalid|body|the JSON body must be an object",
                "|{'a'|body|invalid|body|invalid JSON at line 1, column 5",
            })
    void aStrictRouteListsTheInvalidPart(
            String query, String json, String field, String rule, String source, String reason) {
        String target = "/strict" + (query == null ? "" : query);

        HttpReply reply = Doors.send("POST", target, json.replace('\'', '"'), "Content-Type", "application/json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply))
                .contains("\"detail\":\"validation error: " + reason + "\"")
                .endsWith(",\"invalid_parameters\":[{\"field\":\"" + field + "\",\"rule\":\"" + rule
                        + "\",\"reason\":\"" + reason + "\",\"source\":\"" + source + "\"}]}");
    }

    @Test
    void otherRoutesDoNot() {
        HttpReply reply = Doors.send("POST", "/things", "{\"id\":5}", "Content-Type", "application/json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply)).doesNotContain("invalid_parameters");
    }
}
