package dev.odometer.files.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.FileStore;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class AzureFilesConfigurationTest {

    private static FileStore store(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("set", variables));
        return new AzureFilesConfiguration().azureFileStore(environment);
    }

    private static URI account(Map<String, Object> variables) {
        return ((AzureFileStore) store(variables)).account();
    }

    @Test
    void defaultsToTheAccountOfTheBlobTrigger() {
        assertThat(account(Map.of("ODOMETER_AZURE_STORAGE__blobServiceUri", "https://a.blob.core.windows.net/")))
                .isEqualTo(URI.create("https://a.blob.core.windows.net"));
    }

    @Test
    void usesTheConfiguredAccount() {
        assertThat(account(Map.of(
                        "ODOMETER_AZURE_STORAGE__blobServiceUri", "https://a.blob.core.windows.net",
                        "ODOMETER_FILES_AZURE_ENDPOINT", "http://127.0.0.1:10000/devstoreaccount1")))
                .isEqualTo(URI.create("http://127.0.0.1:10000/devstoreaccount1"));
    }

    @Test
    void omitsSecretsFromItsText() {
        var set = Map.<String, Object>of(
                "ODOMETER_FILES_AZURE_ENDPOINT", "https://a.blob.core.windows.net",
                "ODOMETER_FILES_AZURE_ACCOUNT_KEY", "c2VjcmV0");

        assertThat(store(set).toString()).doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ftp://x", "https://x?sig=1", "https://user:secret@x"})
    void refusesAnInvalidEndpoint(String endpoint) {
        assertThatThrownBy(() -> store(Map.of("ODOMETER_FILES_AZURE_ENDPOINT", endpoint)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("odometer.files.azure.endpoint");
    }
}
