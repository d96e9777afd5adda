package com.example.orders;

import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.refusal.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.function.Consumer;

/** Takes files with lines such as {@code tea,4.50}, from a folder, S3, Blob Storage or Cloud Storage. */
public final class ImportPrices implements Consumer<FileArrival> {

    private final FileStore files;
    private final Prices prices;

    public ImportPrices(FileStore files, Prices prices) {
        this.files = files;
        this.prices = prices;
    }

    @Override
    public void accept(FileArrival file) {
        var read = new HashMap<String, BigDecimal>();
        try (var content = files.open(new FileName(file.container(), file.key()), null, 0);
                var lines = new BufferedReader(new InputStreamReader(content.stream(), StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                read.put(cells[0], price(cells, number++));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        prices.putAll(read);
    }

    private static BigDecimal price(String[] cells, int line) {
        try {
            if (cells.length == 2 && !cells[0].isBlank()) {
                return new BigDecimal(cells[1]);
            }
        } catch (NumberFormatException noNumber) {
            // Refused below.
        }
        throw Refusal.invalid("line " + line + " must be a sku and a price");
    }
}
