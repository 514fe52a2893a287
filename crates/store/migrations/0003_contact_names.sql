-- A caller says "Albers", not "Dr. Sabine Albers": the folded name of a contact from its second word on, from its third
-- on, and so forth. The whole name stands with the contact.
CREATE TABLE contact_names (
    desk_id UUID NOT NULL,
    part TEXT NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (desk_id, part, contact_id)
);
CREATE INDEX contact_names_contact ON contact_names (desk_id, contact_id);
