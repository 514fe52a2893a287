-- What a supplier's own desk has published: it is read there and not edited here. By what that desk knows it again.
ALTER TABLE offerings ADD COLUMN theirs UUID;
