"""The check catches what a rewrite changed, lost or invented, and lets the good ones pass."""

# ruff: noqa: E501 - a table reads best with one case a line

import ast
from pathlib import Path

import pytest

from nlp.check import check

USUAL = (
    "As usual you forgot the school form, can you bring it to the handover on Saturday 14 March at "
    "10am or are you too busy with your new boyfriend?"
)
INHALER = (
    "You never bother to send Emma's inhaler, you lazy idiot, make sure it's there Friday at 5."
)
PASSPORT = (
    "If you don't sign the passport form by Monday you can forget seeing the kids at Christmas."
)
SHOES = "You owe me £45 for the shoes, not that you've ever paid for anything in your life."
SWAP = "I can't believe how selfish you are. No, I won't swap the 12th."
TIMES = "You are pathetic. Drop Mia at 4 on Saturday, I will collect Leo at 6 on Sunday from Nan's."
SHARE = "The dentist cost £80 so your half is £40. Pay it before Friday 3 July. You always forget."
MEDS = "Noah must not have milk. He can have 5 ml of Calpol after 6pm. Do you even care?"
TRIP = "I can't take the girls on Tuesday but I could have them from Wednesday until Friday noon."
ASKS = "What time does Rory finish chess on Thursday? Funny how you never know."
KEYS = "I might be late. My sister will bring the keys to your flat, not the school."
COURT = "I did not agree to the new plan. I will answer by 9 May. You twist everything."
FLIGHT = "We land at 18:45 on 2 April. If the flight is late I'll text you. Nobody trusts you."
SORRY = "The coat was left at Ben's. Can you send it on Monday? You are so careless."
SPLIT = "She needs 2 jumpers and 3 shirts for camp. The fee is $120 by the 4th. Try to cope."
CALL = "He may call you between 5 and 6. Please don't call me. Grow up."

SPOILT = [
    (USUAL, "You forgot the school form. Can you bring it to the handover on Saturday 14 March at 11am?", "another hour"),
    (USUAL, "You forgot the school form. Can you bring it to the handover on Saturday 15 March at 10am?", "another day"),
    (USUAL, "You forgot the school form. Can you bring it to the handover on Sunday 14 March at 10am?", "another weekday"),
    (USUAL, "You forgot the school form. You can bring it to the handover on Saturday 14 March at 10am.", "a question turned"),
    (USUAL, "I forgot the school form. Can you bring it to the handover on Saturday 14 March at 10am?", "another person"),
    (USUAL, "Sorry, you forgot the school form. Can you bring it to the handover on Saturday 14 March at 10am?", "an apology added"),
    (USUAL, "You forgot the school form. Can you bring it to the handover on Saturday?", "date and hour lost"),
    (USUAL, "You forgot the school form. Can you bring it to the school on Saturday 14 March at 10am, thanks?", "thanks added"),
    (INHALER, "Please make sure Emma's inhaler is there Friday at 6.", "another hour"),
    (INHALER, "Please make sure Emma's inhaler is there Thursday at 5.", "another day"),
    (INHALER, "Please make sure Ella's inhaler is there Friday at 5.", "another name"),
    (INHALER, "Please make sure Emma's inhaler is not there Friday at 5.", "a negation added"),
    (INHALER, "Please make sure Emma's inhaler is there, you lazy idiot, Friday at 5.", "still rude"),
    (INHALER, "I will make sure Emma's inhaler is there Friday at 5.", "the other does it"),
    (PASSPORT, "Please don't sign the passport form by Monday.", "request reversed"),
    (PASSPORT, "Please sign the passport form after Monday.", "limit changed"),
    (PASSPORT, "Please sign the passport form.", "deadline lost"),
    (PASSPORT, "Please sign the passport form by Tuesday.", "another day"),
    (PASSPORT, "I will sign the passport form by Monday.", "a promise invented"),
    (PASSPORT, "You signed the passport form by Monday.", "an admission invented"),
    (SHOES, "You owe me £54 for the shoes.", "digits swapped"),
    (SHOES, "I owe you £45 for the shoes.", "debt turned"),
    (SHOES, "You owe me £45 for the coat.", "another item"),
    (SHOES, "You owe me for the shoes.", "sum lost"),
    (SHOES, "You have paid £45 for the shoes.", "paid instead of owed"),
    (SWAP, "I will swap the 12th.", "refusal turned"),
    (SWAP, "Yes, I will swap the 12th.", "agreement invented"),
    (SWAP, "No, I won't swap the 13th.", "another date"),
    (SWAP, "No, you won't swap the 12th.", "another person"),
    (SWAP, "No, I can't swap the 12th.", "won't became can't"),
    (TIMES, "Please drop Mia at 6 on Saturday. I will collect Leo at 4 on Sunday from Nan's.", "hours swapped"),
    (TIMES, "Please drop Leo at 4 on Saturday. I will collect Mia at 6 on Sunday from Nan's.", "names swapped"),
    (TIMES, "Please drop Mia at 4 on Sunday. I will collect Leo at 6 on Saturday from Nan's.", "days swapped"),
    (TIMES, "Please drop Mia at 4 on Saturday. You will collect Leo at 6 on Sunday from Nan's.", "another person"),
    (TIMES, "Please drop Mia at 4 on Saturday. I will not collect Leo at 6 on Sunday from Nan's.", "refusal invented"),
    (TIMES, "Please drop Mia at 4 on Saturday. I may collect Leo at 6 on Sunday from Nan's.", "will became may"),
    (TIMES, "Please drop Mia at 4 on Saturday. I will collect Leo on Sunday from Nan's.", "an hour lost"),
    (TIMES, "Please drop Mia at 4 on Saturday. I will collect Leo at 6 on Sunday!", "place lost, and an exclamation"),
    (SHARE, "The dentist cost £40 so your half is £80. Please pay it before Friday 3 July.", "sums swapped"),
    (SHARE, "The dentist cost £80 so your half is £40. Please pay it by Friday 3 July.", "before became by"),
    (SHARE, "The dentist cost £80 so my half is £40. Please pay it before Friday 3 July.", "whose half"),
    (SHARE, "The dentist cost £80 so your half is £40. Please pay it before Friday 3 June.", "another month"),
    (SHARE, "The dentist cost £80 so your half is £40. Can you pay it before Friday 3 July when convenient?", "words added"),
    (MEDS, "Noah must have milk. He can have 5 ml of Calpol after 6pm.", "a lost not"),
    (MEDS, "Noah must not have milk. He can have 6 ml of Calpol after 5pm.", "dose and hour swapped"),
    (MEDS, "Noah must not have milk. He can have 5 ml of Calpol before 6pm.", "after became before"),
    (MEDS, "Noah should not have milk. He can have 5 ml of Calpol after 6pm.", "must became should"),
    (MEDS, "Noah must not have milk. He can't have 5 ml of Calpol after 6pm.", "can became can't"),
    (TRIP, "I can take the girls on Tuesday but I could have them from Wednesday until Friday noon.", "a lost not"),
    (TRIP, "I can't take the girls on Wednesday but I could have them from Tuesday until Friday noon.", "days swapped"),
    (TRIP, "I can't take the girls on Tuesday but I will have them from Wednesday until Friday noon.", "could became will"),
    (ASKS, "Rory does finish chess on Thursday.", "a question turned"),
    (ASKS, "What time does Rory finish chess on Friday?", "another day"),
    (KEYS, "I will be late. My sister will bring the keys to your flat, not the school.", "might became will"),
    (KEYS, "I might be late. Your sister will bring the keys to your flat, not the school.", "whose sister"),
    (KEYS, "I might be late. My sister will bring the keys to the school, not your flat.", "places swapped"),
    (COURT, "I did agree to the new plan. I will answer by 9 May.", "an admission invented"),
    (COURT, "I did not agree to the new plan. I will answer by 19 May.", "another date"),
    (COURT, "I agree to the new plan. I will answer by 9 May.", "agreement invented"),
    (FLIGHT, "We land at 18:54 on 2 April. If the flight is late I'll text you.", "minutes swapped"),
    (FLIGHT, "We land at 18:45 on 2 April. If the flight is late you'll text me.", "who texts"),
    (FLIGHT, "They land at 18:45 on 2 April. If the flight is late I'll text you.", "another person"),
    (SORRY, "I'm sorry the coat was left at Ben's. Can you send it on Monday?", "an apology added"),
    (SORRY, "The coat was left at Ben's. You can send it on Monday.", "a question turned"),
    (SORRY, "The coat was not left at Ben's. Can you send it on Monday?", "a denial invented"),
    (SPLIT, "She needs 3 jumpers and 2 shirts for camp. The fee is $120 by the 4th.", "counts swapped"),
    (SPLIT, "She needs 2 jumpers and 3 shirts for camp. The fee is £120 by the 4th.", "another currency"),
    (CALL, "He may call you between 5 and 6. Please call me.", "a boundary turned"),
    (CALL, "He will call you between 5 and 6. Please don't call me.", "may became will"),
    (CALL, "he may call you between 5 and 6. Please don't call me.", "no capital"),
    (CALL, "", "nothing left"),
]  # fmt: skip

GOOD = [
    (USUAL, "You forgot the school form. Can you bring it to the handover on Saturday 14 March at 10am?"),
    (USUAL, "Can you bring the school form to the handover on Saturday 14 March at 10am?"),
    (USUAL, "Please bring the school form to the handover on Saturday 14 March at 10am."),
    (INHALER, "Please make sure Emma's inhaler is there Friday at 5."),
    (INHALER, "Make sure Emma's inhaler is there Friday at 5."),
    (INHALER, "Please can you make sure Emma's inhaler is there Friday at 5?"),
    (PASSPORT, "Please sign the passport form by Monday."),
    (PASSPORT, "Can you sign the passport form by Monday?"),
    (SHOES, "You owe me £45 for the shoes."),
    (SWAP, "No, I won't swap the 12th."),
    (SWAP, "I won't swap the 12th."),
    (SWAP, "No. I won't swap the 12th."),
    (TIMES, "Please drop Mia at 4 on Saturday. I will collect Leo at 6 on Sunday from Nan's."),
    (TIMES, "Drop Mia at 4 on Saturday. I will collect Leo at 6 on Sunday from Nan's."),
    (TIMES, "Please drop Mia at 4 on Saturday. I'll collect Leo at 6 on Sunday from Nan's."),
    (TIMES, "Can you drop Mia at 4 on Saturday? I will collect Leo at 6 on Sunday from Nan's."),
    (SHARE, "The dentist cost £80 so your half is £40. Please pay it before Friday 3 July."),
    (SHARE, "The dentist cost £80, so your half is £40. Pay it before Friday 3 July."),
    (SHARE, "The dentist cost £80. Your half is £40. Please pay it before Friday 3 July."),
    (MEDS, "Noah must not have milk. He can have 5 ml of Calpol after 6pm."),
    (MEDS, "Noah mustn't have milk. He can have 5 ml of Calpol after 6pm."),
    (TRIP, TRIP),
    (TRIP, "I can't take the girls on Tuesday. I could have them from Wednesday until Friday noon."),
    (TRIP, "I cannot take the girls on Tuesday but I could have them from Wednesday until Friday noon."),
    (ASKS, "What time does Rory finish chess on Thursday?"),
    (KEYS, "I might be late. My sister will bring the keys to your flat, not the school."),
    (KEYS, "I might be late. My sister will bring the keys to your flat. Not the school."),
    (COURT, "I did not agree to the new plan. I will answer by 9 May."),
    (COURT, "I didn't agree to the new plan. I'll answer by 9 May."),
    (FLIGHT, "We land at 18:45 on 2 April. If the flight is late I'll text you."),
    (FLIGHT, "We land at 18:45 on 2 April. If the flight is late I will text you."),
    (SORRY, "The coat was left at Ben's. Can you send it on Monday?"),
    (SORRY, "The coat was left at Ben's. Please can you send it on Monday?"),
    (SPLIT, "She needs 2 jumpers and 3 shirts for camp. The fee is $120 by the 4th."),
    (SPLIT, "She needs 2 jumpers and 3 shirts for camp. The fee is $120, by the 4th."),
    (CALL, "He may call you between 5 and 6. Please don't call me."),
    (CALL, "He may call you between 5 and 6. Please do not call me."),
    ("ur late AGAIN. can u pick up leo at 3 frm nans", "Can u pick up leo at 3 frm nans?"),
    ("u never reply!! whats the code for the gate", "Whats the code for the gate?"),
    ("Wow, Parent of the Year. Her swim bag is by the door, she needs it Tuesday.", "Her swim bag is by the door. She needs it Tuesday."),
    ("Los niños need boots by el martes. Eres un desastre.", "Los niños need boots by el martes."),
    ("I have asked twice. PE kit is at yours. You are hopeless.", "I have asked twice. PE kit is at yours."),
    ("GIVE ME BACK MY HOUSE KEYS BY 5 ON FRIDAY", "Please give me back my house keys by 5 on Friday."),
]  # fmt: skip


@pytest.mark.parametrize(("original", "rewrite", "why"), SPOILT, ids=[s[2] + f" {i}" for i, s in enumerate(SPOILT)])  # fmt: skip
def test_a_spoilt_rewrite_is_caught(original, rewrite, why):
    assert check(original, rewrite), why


@pytest.mark.parametrize(("original", "rewrite"), GOOD)
def test_a_good_rewrite_passes(original, rewrite):
    assert check(original, rewrite) == []


def test_outside_the_dropped_ranges_a_lost_negation_is_a_fault():
    original = "I won't come on Friday. You are useless."
    dropped = [(original.index("You are"), len(original))]
    assert check(original, "I won't come on Friday.", dropped) == []
    assert check(original, "I come on Friday.", dropped)


def test_outside_the_dropped_ranges_a_lost_question_is_a_fault():
    original = "Is he ill? Can you call the school? You are useless."
    dropped = [(original.index("You are"), len(original))]
    assert check(original, "Is he ill? Can you call the school?", dropped) == []
    assert "question_lost" in {f.code for f in check(original, "Is he ill?", dropped)}


def test_inside_a_dropped_range_a_number_may_go():
    original = "You ruined 12 years of my life. Pick up is at 4."
    assert check(original, "Pick up is at 4.", [(0, original.index("Pick"))]) == []


@pytest.mark.parametrize("module", ["check", "losses", "wording"])
def test_the_check_imports_nothing_of_what_it_checks(module):
    tree = ast.parse(Path(f"nlp/{module}.py").read_text(encoding="utf-8"))
    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
    assert not [n for n in names if n.startswith("nlp") and n not in {"nlp.wording", "nlp.losses"}]
